package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The site's route writes every reminder to a file of whoever is told, once; an area without a code of the standard is told as any other. */
class ReminderRouteTest {

    private static final String FORM = """
            title: {zh: 功能区月报, en: Areas}
            period: month
            respondents: {units: [510100-DB, 510100-GX, 510100-TF]}
            deadline: {workdays: 5, at: "17:00"}
            review: [city, province]
            indicators: [{code: visits}]
            """;

    private Site site;
    private RehearsalHub hub;

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void whoeverHasToBeToldFindsAFile() throws Exception {
        site = Site.create("reminders");
        for (String folder : List.of("plugins", "routes", "config/schedules", "config/rules", "config/contracts", "config/forms")) {
            try (Stream<Path> files = Files.list(site.home.resolve(folder))) {
                for (Path file : files.filter(f -> !f.getFileName().toString().equals("reminders.camel.yaml") && Files.isRegularFile(f)).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.writeString(site.home.resolve("config/forms/areas-monthly.form.yaml"), FORM);
        hub = RehearsalHub.start(site, Instant.parse("2026-10-01T01:00:00Z"));
        Rest rest = site.rest();
        remind(rest); // opens October

        hub.at(Instant.parse("2026-11-05T01:00:00Z")); // a working day is left until the 6th, 17:00
        assertThat(rest.post("/api/v1/submissions/areas-monthly/2026-10/510100-TF", "{\"values\": {\"visits\": 3}}").path("version").asInt()).isOne();
        remind(rest);
        files("510100-DB/areas-monthly-2026-10-510100-DB-due-soon-0", "510100-GX/areas-monthly-2026-10-510100-GX-due-soon-0");

        hub.at(Instant.parse("2026-11-09T01:00:00Z")); // the first working day after it
        remind(rest);
        rest.post("/api/v1/submissions/areas-monthly/2026-10/510100-TF/return", """
                {"version": 1, "reviewer": "510100", "workdays": 2, "reasons": [{"cell": "visits", "text": "与登记不符"}]}""");
        remind(rest);
        remind(rest);
        files("510100-DB/areas-monthly-2026-10-510100-DB-due-soon-0", "510100-DB/areas-monthly-2026-10-510100-DB-missing-0",
                "510100-GX/areas-monthly-2026-10-510100-GX-due-soon-0", "510100-GX/areas-monthly-2026-10-510100-GX-missing-0",
                "510100-TF/areas-monthly-2026-10-510100-TF-returned-0", "510100/areas-monthly-2026-10-510100-DB-missing-1",
                "510100/areas-monthly-2026-10-510100-GX-missing-1");
        JsonNode told = Rest.JSON.readTree(site.home.resolve("out/reminders/510100/areas-monthly-2026-10-510100-GX-missing-1.json").toFile());
        assertThat(told.path("to").asText() + " " + told.path("unit").asText()).isEqualTo("510100 510100-GX");
        assertThat(told.path("text").asText()).isEqualTo("【功能区月报】2026-10：510100-GX 逾期未报，截止时间 2026年11月06日 17:00。");

        hub.at(Instant.parse("2026-11-11T01:00:00Z")); // the third
        rest.post("/api/v1/submissions/areas-monthly/2026-10/510100-GX", "{\"values\": {\"visits\": 4}}");
        remind(rest);
        files("510000/areas-monthly-2026-10-510100-DB-missing-3", "510100-DB/areas-monthly-2026-10-510100-DB-due-soon-0",
                "510100-DB/areas-monthly-2026-10-510100-DB-missing-0", "510100-GX/areas-monthly-2026-10-510100-GX-due-soon-0",
                "510100-GX/areas-monthly-2026-10-510100-GX-missing-0", "510100-TF/areas-monthly-2026-10-510100-TF-returned-0",
                "510100/areas-monthly-2026-10-510100-DB-missing-1", "510100/areas-monthly-2026-10-510100-GX-missing-1");
        areasAddUp(rest);
    }

    /** They stand beside the counties below the city. */
    private static void areasAddUp(Rest rest) throws Exception {
        assertThat(rest.get("/api/v1/units").path("units")).filteredOn(u -> u.path("code").asText().matches("510100-(TF|GX|DB)")).hasSize(3)
                .allSatisfy(u -> assertThat(u.path("level").asText() + " " + u.path("parent").asText()).isEqualTo("COUNTY 510100"));
        JsonNode table = rest.get("/api/v1/reports/areas-monthly/2026-10/table?unit=510100");
        assertThat(table.at("/total/values/visits").asInt()).isEqualTo(7);
        assertThat(table.path("rows")).extracting(r -> r.at("/unit/code").asText() + " " + r.at("/standing/state").asText())
                .containsExactly("510100-DB MISSING", "510100-GX IN_REVIEW", "510100-TF RETURNED");
        assertThat(rest.get("/api/v1/reviews?unit=510100").path("waiting")).extracting(w -> w.at("/submission/unit").asText())
                .containsExactly("510100-GX");
    }

    private static void remind(Rest rest) throws Exception {
        assertThat(rest.post("/api/v1/schedules/hub/reporting/run", "{}").path("state").asText()).isEqualTo("DONE");
    }

    private void files(String... expected) {
        Path folder = site.home.resolve("out/reminders");
        Awaitility.await().atMost(Site.PATIENCE).untilAsserted(() -> {
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString().replace(".json", ""))).containsExactlyInAnyOrder(expected);
            } catch (IOException | UncheckedIOException e) {
                throw new AssertionError("while a file is written", e);
            }
        });
    }
}
