package org.yuzui.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.contracts.Contracts;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.records.Draft;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Reporting;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Signature;
import org.yuzui.reporting.UnitFiles;
import org.yuzui.scheduling.WorkCalendars;
import org.yuzui.spi.Settings;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the hub does for reports by the clock becomes records that keep their contracts. It is the 9th of November 2026. */
class ReportDutiesTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Period OCTOBER = Period.parse("2026-10");
    private static final String HOSPITAL = "510104-H01";
    @TempDir
    static Path folder;
    private static Store store;

    private final Published records = new Published();
    private final Reports reports = reports();
    private final ReportDuties duties = new ReportDuties(reports, records);

    @BeforeAll
    static void open() {
        store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static Reports reports() {
        store.jdbi().useHandle(h -> h.execute("truncate reporting.submissions, reporting.periods, reporting.expected, reporting.totals, "
                + "reporting.totalled, reporting.feedback, reporting.feedback_rounds"));
        Path config = Path.of("../../config");
        Reports reports = Reporting.open(UnitFiles.load(config.resolve("org")), store, WorkCalendars.load(config.resolve("calendar")),
                Clock.fixed(Instant.parse("2026-11-09T01:00:00Z"), ZONE), ZONE);
        reports.deploy(new Form()).start();
        return reports;
    }

    @Test
    void whoIsSilentBecomesAReminderAndTheSameOneIsTheSameRecord() {
        handIn("510105-H01", 3);
        duties.openAndRemind();
        List<JsonNode> october = records.of("reporting.reminder.v1").stream().filter(r -> r.path("period").asText().equals("2026-10")).toList();
        assertThat(october).extracting(r -> r.path("kind").asText() + " " + r.path("to").asText() + " " + r.path("step").asInt())
                .containsExactly("missing 510104-H01 0", "missing 510104 1");
        assertThat(october.get(0).path("title").asText()).isEqualTo("月报");
        records.drafts.clear();
        duties.openAndRemind();
        assertThat(records.of("reporting.reminder.v1").stream().filter(r -> r.path("period").asText().equals("2026-10")).toList()).isEqualTo(october);
    }

    @Test
    void aDisputeRemindsTheBureauAbove() {
        handIn(HOSPITAL, 3);
        handIn("510105-H01", 3);
        reports.disputes().open("monthly", OCTOBER, HOSPITAL, "visits", null, "不符", "zhang");
        duties.openAndRemind();
        assertThat(records.of("reporting.reminder.v1")).anySatisfy(r -> {
            assertThat(r.path("kind").asText()).isEqualTo("disputed");
            assertThat(r.path("to").asText()).isEqualTo("510104");
        });
    }

    @Test
    void whatIsHeldIsSentBackOnceInOneBatch() {
        handIn(HOSPITAL, 3);
        handIn("510105-H01", 4);
        duties.sendBack();
        assertThat(records.batches).as("one batch, whatever number of answers came").isOne();
        assertThat(records.of("reporting.feedback.v1")).extracting(r -> r.path("unit").asText()).containsExactly("510100", "510104", "510105");
        JsonNode city = records.of("reporting.feedback.v1").get(0);
        assertThat(city.path("above").asText()).isEqualTo("510000");
        assertThat(city.at("/values/0").toString())
                .isEqualTo("{\"indicator\":\"visits\",\"value\":\"7\",\"accepted\":\"7\",\"rank\":1,\"of\":1}");
        assertThat(city.at("/parts/0/values/visits").asText()).isEqualTo("3");
        records.drafts.clear();
        duties.sendBack();
        assertThat(records.drafts).isEmpty();
    }

    @Test
    void aDifferenceIsARecordAndAFailedRun() {
        handIn(HOSPITAL, 3);
        duties.recount();
        assertThat(records.drafts).isEmpty();
        store.jdbi().useHandle(h -> h.execute("update reporting.totals set sums = jsonb_set(sums, '{visits,0}', '8') where unit = '510100'"));
        assertThatThrownBy(duties::recount).isInstanceOf(IllegalStateException.class).hasMessageContaining("monthly 2026-10");
        assertThat(records.of("reporting.difference.v1")).singleElement().satisfies(r -> assertThat(r.at("/differences/0").toString())
                .isEqualTo("{\"unit\":\"510100\",\"cell\":\"visits\",\"kept\":\"8\",\"computed\":\"3\"}"));
        duties.recount();
    }

    private void handIn(String unit, int visits) {
        reports.submissions().handIn("monthly", OCTOBER, unit, JsonNodeFactory.instance.objectNode().put("visits", visits), null,
                new Signature("zhang", "rest"));
    }

    /** Brings one form. */
    private static final class Form implements PluginContent {

        @Override
        public PluginDescriptor descriptor() {
            return new PluginDescriptor("p", "1.0.0", new Title("p", "p"), null, List.of(), List.of(), List.of());
        }

        @Override
        public List<HubFile> files(String folder, String suffix) {
            return folder.equals("reports") ? List.of(new HubFile("monthly", "p.jar!monthly.form.yaml", """
                    title: {zh: 月报, en: Monthly}
                    period: month
                    respondents: {units: [510104-H01, 510105-H01]}
                    deadline: {workdays: 5, at: "17:00"}
                    indicators: [{code: visits}]
                    """.getBytes(StandardCharsets.UTF_8))) : List.of();
        }

        @Override
        public ClassLoader classLoader() {
            return Form.class.getClassLoader();
        }

        @Override
        public Settings settings() {
            return Settings.empty();
        }
    }

    /** Keeps what is published, and refuses what breaks its contract, as the pipeline does. */
    private static final class Published implements Consumer<List<Draft>> {

        private final Contracts contracts = new Contracts(ZONE);
        private final List<Draft> drafts = new ArrayList<>();
        private int batches;

        Published() {
            contracts.deploy(new OwnSchedules()).start();
        }

        @Override
        public void accept(List<Draft> all) {
            batches++;
            drafts.addAll(all);
            all.forEach(d -> contracts.require(d.contract()).check(d.body()));
        }

        List<JsonNode> of(String contract) {
            return drafts.stream().filter(d -> d.contract().equals(contract)).map(Draft::body).toList();
        }
    }
}
