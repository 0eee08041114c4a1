package org.yuzui.routing.internal;

import org.apache.camel.CamelContext;
import org.yuzui.records.Records;
import org.yuzui.reporting.Reports;
import org.yuzui.rules.Rules;
import org.yuzui.scheduling.Scheduler;

import java.time.Duration;
import java.time.ZoneId;

/**
 * The hub's nouns, offered to a context as Camel schemes.
 *
 * @param drain how long a context that becomes quiet waits for what is under way
 */
public record HubSchemes(Records records, Rules rules, Scheduler scheduler, Reports reports, ZoneId zone, Duration drain) {

    void addTo(CamelContext camel, Owner owner) {
        camel.addComponent("record", new RecordComponent(records, owner));
        camel.addComponent("rule", new RuleComponent(rules, owner));
        camel.addComponent("schedule", new ScheduleComponent(scheduler, owner, zone));
        camel.addComponent("report", new ReportComponent(reports));
    }
}
