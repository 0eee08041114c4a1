package org.yuzui.routing.internal;

import org.apache.camel.CamelContext;
import org.yuzui.records.Records;
import org.yuzui.reporting.Reports;
import org.yuzui.scheduling.Scheduler;

import java.time.ZoneId;

/** The hub's nouns, offered to a context as Camel schemes. */
public record HubSchemes(Records records, Scheduler scheduler, Reports reports, ZoneId zone) {

    void addTo(CamelContext camel, Owner owner) {
        camel.addComponent("record", new RecordComponent(records, owner));
        camel.addComponent("schedule", new ScheduleComponent(scheduler, owner, zone));
        camel.addComponent("report", new ReportComponent(reports));
    }
}
