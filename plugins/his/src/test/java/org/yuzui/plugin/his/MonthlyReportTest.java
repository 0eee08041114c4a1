package org.yuzui.plugin.his;

import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** From messages to the figures of days and of the month that they make. */
class MonthlyReportTest extends CamelTestSupport {

    private final FakeHub hub = new FakeHub();
    private int port;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        testConfiguration().withUseRouteBuilder(false);
        port = PluginFixture.freePort();
        return PluginFixture.context(hub, PluginFixture.settings("""
                listen: {port: %d}
                facilities: {H510104: {unit: 510104-H01, beds: 4}, H510105: {unit: 510105-H01}}
                """.formatted(port)), "receive-visit", "daily-summary", "monthly-report");
    }

    @BeforeEach
    void start() {
        context.start();
    }

    @Test
    void aMonthIsMadeOfItsDays() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            send(sender, "A01", "V1", "20260203100000");
            send(sender, "A03", "V1", "20260213100000");
            send(sender, "A01", "V2", "20260220100000");
            send(sender, "A04", "V3", "20260205100000");
            send(sender, "A04", "V4", "20260301100000"); // another month
        }
        for (int day = 1; day <= 28; day++) {
            hub.fire(context, "daily-summary", "2026-02-%02d".formatted(day));
        }
        hub.fire(context, "daily-summary", "2026-03-01");
        hub.reported.clear();

        hub.fire(context, "monthly-report", "2026-02-28");

        // V1 lay 10 nights, V2 9 up to the last of the month; 4 beds × 28 days.
        assertThat(hub.records("his.monthly.v1").get(0)).hasToString("{\"unit\":\"510104-H01\",\"period\":\"2026-02\",\"lastDay\":\"2026-02-28\","
                + "\"days\":28,\"outpatientVisits\":1,\"admissions\":2,\"discharges\":1,\"dischargedBedDays\":10,\"bedDaysOpen\":112,"
                + "\"bedDaysOccupied\":19,\"averageOpenBeds\":4.000000,\"occupancy\":16.96,\"workingDays\":4.75,\"turnover\":0.25,\"meanStay\":10.00}");
        assertThat(hub.records("his.monthly.v1").get(1).path("averageOpenBeds").decimalValue()).isZero();
        assertThat(hub.reported).hasSize(2).containsAll(hub.records("his.monthly.v1"));

        hub.fire(context, "monthly-report", "2026-02-01"); // any day of it
        assertThat(hub.records("his.monthly.v1")).as("again, and nothing new").hasSize(2);
    }

    @Test
    void aMonthWithoutDaysIsSilent() throws Exception {
        hub.fire(context, "monthly-report", "2026-02-28");

        assertThat(hub.reported).isEmpty();
    }

    private static void send(MllpSender sender, String event, String visit, String at) throws Exception {
        assertThat(sender.send(Messages.adt(event, event + visit, visit, "H510104", at))).contains("MSA|AA|");
    }
}
