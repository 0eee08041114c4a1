package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.launcher.demo.kindergarten.Kindergarten;
import org.yuzui.launcher.demo.kindergarten.KindergartenSender;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.kindergarten.Patience.await;

/** What the demonstration's sender says that the report must show, it shows. */
class SenderTest {

    /** A Thursday. */
    private static final LocalDate DAY = LocalDate.of(2026, 3, 5);
    private static final int PORT = PluginUnderTest.freePort();

    @RegisterExtension
    static final HubExtension HUB = Sites.hub("""
            http: {port: %d}
            platforms:
              jinjiang: {unit: 510104-K01, secret: a-secret-of-jinjiang}
              ziliujing: {unit: 510302-K01, secret: a-secret-of-ziliujing}
            rounds:
              jinjiang: {unit: 510104-K01, points: [GATE, YARD, CLASSROOMS, KITCHEN, STORE], starts: ["07:30", "11:30", "15:30", "19:30"]}
              ziliujing: {unit: 510302-K01, points: [GATE, YARD, CLASSROOMS, KITCHEN, STORE], starts: ["07:30", "11:30", "15:30", "19:30"]}
            """.formatted(PORT));

    @Test
    void theReportShowsWhatWasSentHoweverOften() throws Exception {
        List<String> points = List.of("GATE", "YARD", "CLASSROOMS", "KITCHEN", "STORE");
        List<java.time.LocalTime> starts = List.of("07:30", "11:30", "15:30", "19:30").stream().map(java.time.LocalTime::parse).toList();
        List<Kindergarten> played = List.of(new Kindergarten("jinjiang", "510104-K01", points, starts),
                new Kindergarten("ziliujing", "510302-K01", points, starts));
        KindergartenSender sender = new KindergartenSender("http://127.0.0.1:" + PORT,
                Map.of("jinjiang", "a-secret-of-jinjiang", "ziliujing", "a-secret-of-ziliujing"), Clock.systemUTC());
        sender.send(played, DAY.minusDays(1), 1);
        KindergartenSender.Report report = sender.send(played, DAY, 1);
        assertThat(sender.send(played, DAY, 1)).isEqualTo(report);
        assertThat(report.refused()).isEmpty();
        long meals = report.expected().get("meals");
        await().untilAsserted(() -> assertThat(HUB.hub().records().store().find(RecordQuery.of("kindergarten.nutrition.v1"))).hasSize((int) meals));

        HUB.hub().scheduler().run("kindergarten/weekly-figures", DAY);

        JsonNode total = HUB.get("/reports/kindergarten-weekly/2026-W10?unit=510000").at("/total/values");
        report.expected().forEach((indicator, count) -> assertThat(total.path(indicator).asLong()).as(indicator).isEqualTo(count));
        assertThat(total.path("energyPerHead").asDouble()).isPositive();
    }
}
