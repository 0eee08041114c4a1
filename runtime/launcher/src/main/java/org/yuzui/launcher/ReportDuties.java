package org.yuzui.launcher;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.Records;
import org.yuzui.reporting.Reminder;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Totals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** What the hub does for reports by the clock; what others have to know of becomes a record that any route can send on. */
final class ReportDuties {

    private static final Logger LOG = LoggerFactory.getLogger(ReportDuties.class);
    private static final int MOST_DIFFERENCES = 1000;

    private final Reports reports;
    private final Records records;

    ReportDuties(Reports reports, Records records) {
        this.reports = reports;
        this.records = records;
    }

    /** A reminder that was published before is the same record: it is not told twice. */
    void openAndRemind() {
        int open = reports.duties().openPeriods();
        List<Reminder> reminders = reports.duties().reminders();
        if (!reminders.isEmpty()) {
            records.publishAll(reminders.stream().map(r -> draft("reporting.reminder.v1", "reporting", json(r))).toList());
        }
        LOG.info("{} periods are open, {} reminders hold", open, reminders.size());
    }

    void recount() {
        List<Totals.Recount> recounts = reports.totals().recountAll();
        List<Totals.Recount> different = recounts.stream().filter(r -> !r.differences().isEmpty()).toList();
        LOG.info("{} periods were counted again, {} differed", recounts.size(), different.size());
        different.forEach(r -> records.publish(draft("reporting.difference.v1", "recount", json(r))));
        if (!different.isEmpty()) {
            throw new IllegalStateException("The kept totals of " + different.stream().map(r -> r.form() + " " + r.period()).toList()
                    + " were not what all answers give; they are mended now.");
        }
    }

    private static Draft draft(String contract, String schedule, ObjectNode body) {
        return new Draft(contract, body, Origin.of(PluginDescriptor.HUB, Hub.VERSION, schedule));
    }

    private static ObjectNode json(Reminder r) {
        return JsonNodeFactory.instance.objectNode().put("form", r.form()).put("title", r.title().zh()).put("period", r.period().toString())
                .put("unit", r.unit()).put("to", r.to()).put("kind", r.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("step", r.step()).put("due", r.due().toString());
    }

    private static ObjectNode json(Totals.Recount r) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("form", r.form()).put("period", r.period().toString())
                .put("at", r.at().toString());
        ArrayNode differences = body.putArray("differences");
        r.differences().stream().limit(MOST_DIFFERENCES).forEach(d -> differences.addObject().put("unit", d.unit()).put("cell", d.cell())
                .put("kept", text(d.kept())).put("computed", text(d.computed())));
        return body;
    }

    private static String text(BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }
}
