package org.yuzui.web;

import org.yuzui.access.Audit;
import org.yuzui.access.AuditEntry;
import org.yuzui.access.AuditPage;
import org.yuzui.access.AuditQuery;
import org.yuzui.access.Principal;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** The audit in memory. */
final class FakeAudit implements Audit {

    final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
    volatile boolean away;

    @Override
    public void record(Principal who, String act, String object, String reason, Map<String, String> details) {
        if (away) {
            throw new ProblemException(Problem.of("store-unreachable", "The database can't be reached."));
        }
        Map<String, String> said = new HashMap<>(details);
        said.values().removeIf(Objects::isNull);
        entries.add(0, new AuditEntry(entries.size() + 1, FakeHub.NOON, who.name(), act, object, reason, said));
    }

    @Override
    public AuditPage find(AuditQuery query) {
        return new AuditPage(entries.stream().filter(e -> query.act() == null || query.act().equals(e.act()))
                .limit(query.limit()).toList(), null);
    }
}
