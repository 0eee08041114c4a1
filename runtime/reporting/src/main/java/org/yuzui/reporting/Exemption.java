package org.yuzui.reporting;

import java.time.Instant;

/**
 * What is different for one unit and period, said explicitly and with a reason.
 *
 * @param until for {@code EXTENDED} the new deadline, for {@code OPENED} how long; null when without an end
 * @param valid whether it is so from now on; otherwise it is taken back
 */
public record Exemption(long id, String form, Period period, String unit, Kind kind, Instant until, boolean valid, String reason,
                        String who, Instant at) {

    /** It need not answer; it has longer; it may hand in although the period is locked. */
    public enum Kind { EXCUSED, EXTENDED, OPENED }
}
