package org.yuzui.access;

import org.yuzui.access.internal.StoredAudit;
import org.yuzui.store.Store;

import java.time.Clock;
import java.util.Map;

/** Who did what, and why. Entries are only ever added: the database itself refuses to change or delete one. Thread-safe. */
public interface Audit {

    static Audit in(Store store, Clock clock) {
        return new StoredAudit(store, clock);
    }

    /**
     * Adds an entry, durable when it returns. What shows somebody something that is otherwise hidden is recorded before it is
     * shown.
     *
     * @param act     what was done, in kebab-case: {@code plugin-install}
     * @param object  to what: an id; null when there is none
     * @param reason  as the caller gave it; null when none was asked for
     * @param details more about it, never personal data or a secret; a value that is null is left out
     */
    void record(Principal who, String act, String object, String reason, Map<String, String> details);

    /**
     * The entries of a query, the newest first.
     *
     * @throws org.yuzui.kernel.ProblemException {@code bad-cursor}
     */
    AuditPage find(AuditQuery query);
}
