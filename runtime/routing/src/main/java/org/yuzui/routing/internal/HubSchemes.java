package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.yuzui.records.Records;
import org.yuzui.reporting.Reports;
import org.yuzui.rules.Rules;
import org.yuzui.scheduling.Scheduler;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * The hub's nouns, offered to a context as Camel schemes.
 *
 * @param drain      how long a context that becomes quiet waits for what is under way
 * @param neighbours what all contexts share
 */
record HubSchemes(Records records, Rules rules, Scheduler scheduler, Reports reports, ZoneId zone, Duration drain,
                  Neighbours neighbours) {

    /** The contracts that can be published now. */
    List<String> contracts() {
        return records == null ? List.of() : records.contracts();
    }

    void addTo(CamelContext camel, Owner owner, Border border, ObjectMapper json) {
        camel.addComponent("record", new RecordComponent(records, owner, border, json));
        camel.addComponent("rule", new RuleComponent(rules, owner, border));
        camel.addComponent("schedule", new ScheduleComponent(scheduler, owner, zone, border));
        camel.addComponent("report", new ReportComponent(reports, border, json));
    }
}
