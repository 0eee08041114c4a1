package org.yuzui.access;

/** What somebody may do. None of them implies another. */
public enum Permission {
    /** See everything that is shown masked: records, plugins, schedules, rules, reports. */
    READ,
    /** Settle what stopped: replay, mend, dismiss. */
    REVIEW,
    /** See personal data and raw messages, each time with a reason. */
    UNMASK,
    /** Change what runs: plugins and their settings, routes, schedules. */
    OPERATE,
    /** Hand in and return reports. */
    REPORT,
    /** See who did what, and decide who may. */
    ADMIN
}
