package org.yuzui.launcher;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.reporting.Feedback;
import org.yuzui.reporting.Reminder;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Totals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What the hub does for reports by the clock; what others have to know of becomes a record that any route can send on. */
final class ReportDuties {

    private static final Logger LOG = LoggerFactory.getLogger(ReportDuties.class);
    private static final int MOST_DIFFERENCES = 1000;
    private static final int AT_ONCE = 50;

    private final Reports reports;
    private final Consumer<List<Draft>> publish;

    /** @param publish returns when all are durable */
    ReportDuties(Reports reports, Consumer<List<Draft>> publish) {
        this.reports = reports;
        this.publish = publish;
    }

    /** A reminder that was published before is the same record: it is not told twice. */
    void openAndRemind() {
        int open = reports.duties().openPeriods();
        List<Reminder> reminders = reports.duties().reminders();
        if (!reminders.isEmpty()) {
            publish.accept(reminders.stream().map(r -> draft("reporting.reminder.v1", "reporting", json(r))).toList());
        }
        LOG.info("{} periods are open, {} reminders hold", open, reminders.size());
    }

    /** What was published and then not written down comes again with another time: the latest version says the same. */
    void sendBack() {
        int sent = reports.feedback().round(all -> {
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                publish.accept(all.subList(from, Math.min(all.size(), from + AT_ONCE)).stream()
                        .map(f -> draft("reporting.feedback.v1", "feedback", json(f))).toList());
            }
        });
        LOG.info("{} bureaus were sent what is held about them", sent);
    }

    void recount() {
        List<Totals.Recount> recounts = reports.totals().recountAll();
        List<Totals.Recount> different = recounts.stream().filter(r -> !r.differences().isEmpty()).toList();
        LOG.info("{} periods were counted again, {} differed", recounts.size(), different.size());
        if (!different.isEmpty()) {
            publish.accept(different.stream().map(r -> draft("reporting.difference.v1", "recount", json(r))).toList());
            throw new IllegalStateException("The kept totals of " + different.stream().map(r -> r.form() + " " + r.period()).toList()
                    + " were not what all answers give; they are mended now.");
        }
    }

    private static Draft draft(String contract, String schedule, ObjectNode body) {
        return new Draft(contract, body, Origin.of(PluginDescriptor.HUB, Hub.VERSION, schedule));
    }

    private static ObjectNode json(Reminder r) {
        return JsonNodeFactory.instance.objectNode().put("form", r.form()).put("title", r.title().zh()).put("period", r.period().toString())
                .put("unit", r.unit()).put("to", r.to()).put("kind", word(r.kind()))
                .put("step", r.step()).put("due", r.due().toString());
    }

    private ObjectNode json(Feedback f) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("form", f.form()).put("period", f.period().toString())
                .put("unit", f.unit().code()).put("above", f.above()).put("expected", f.expected()).put("received", f.received())
                .put("accepted", f.accepted()).put("stale", f.stale()).put("sentAt", f.sentAt().toString());
        reports.form(f.form()).ifPresent(form -> body.put("title", form.title().zh()));
        ArrayNode values = body.putArray("values");
        f.values().forEach(v -> values.addObject().put("indicator", v.indicator()).put("value", text(v.value()))
                .put("accepted", text(v.accepted())).put("rank", v.rank()).put("of", v.of()));
        ArrayNode parts = body.putArray("parts");
        f.parts().forEach(p -> {
            ObjectNode cells = parts.addObject().put("unit", p.unit().code()).put("name", p.unit().name()).put("version", p.version())
                    .put("state", p.state() == null ? null : word(p.state())).putObject("values");
            p.values().forEach((code, value) -> cells.put(code, text(value)));
        });
        ArrayNode disputes = body.putArray("disputes");
        f.disputes().forEach(d -> disputes.addObject().put("id", d.id()).put("unit", d.unit()).put("indicator", d.indicator())
                .put("state", word(d.state())));
        return body;
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
