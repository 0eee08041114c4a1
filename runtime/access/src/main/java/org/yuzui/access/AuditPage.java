package org.yuzui.access;

import java.util.List;

/**
 * @param next cursor of the page after this one; null when it is the last
 */
public record AuditPage(List<AuditEntry> entries, String next) {

    public AuditPage {
        entries = List.copyOf(entries);
    }
}
