package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.testkit.Patience.await;

/** The site route that comes with the hub, in a real hub: one file a day, also when a batch holds one day only. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShippedSiteRouteTest {

    private static final String ROUTE = read("../../routes/visits-to-csv.camel.yaml");

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of().plugin(PluginJar.of("his", "1.0.0")
            .file("contracts/his.visit.v1.schema.json", read("../../plugins/his/hub/contracts/his.visit.v1.schema.json")));

    private static Path out;

    @BeforeAll
    static void letTheRouteRun() {
        out = HUB.home().resolve("visits");
        HUB.write("routes/visits-to-csv.camel.yaml", ROUTE.replace("file:out/visits", "file:" + out)
                .replace("linger: 2000", "linger: 0"));
        // A subscription sees what is published from its first day on.
        await().untilAsserted(() -> assertThat(HUB.get("/routes").path("routes")).filteredOn(r -> r.path("id").asText().equals("visits-to-csv"))
                .singleElement().satisfies(r -> assertThat(r.path("state").asText()).isEqualTo("Started")));
    }

    @Test
    @Order(1)
    void aBatchOfOneDayIsWritten() {
        visit("V1", "2026-11-21");

        await().untilAsserted(() -> assertThat(day("2026-11-21")).contains("\"V1\""));
    }

    @Test
    @Order(2)
    void everyDayHasAFileOfAllItsVisits() {
        visit("V2", "2026-11-21");
        visit("V3", "2026-11-22");

        await().untilAsserted(() -> assertThat(day("2026-11-21")).contains("\"V1\"", "\"V2\"").doesNotContain("\"V3\""));
        await().untilAsserted(() -> assertThat(day("2026-11-22")).contains("\"V3\""));
        assertThat(out.toFile().list()).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    @Order(3)
    void aFolderThatCanNotBeWrittenIsSeenAndTriedAgain() throws IOException {
        Path aside = Files.move(out, out.resolveSibling("aside"));
        Files.writeString(out, "no folder");
        visit("V4", "2026-11-22");

        await().untilAsserted(() -> assertThat(hops("V4")).contains("RETRIED").doesNotContain("DELIVERED"));
        Files.delete(out);
        Files.move(aside, out);

        await().untilAsserted(() -> assertThat(hops("V4")).contains("DELIVERED"));
        assertThat(day("2026-11-22")).contains("\"V3\"", "\"V4\"");
    }

    private static void visit(String number, String day) {
        ObjectNode visit = JsonNodeFactory.instance.objectNode().put("unit", "510104-H01").put("visit", number)
                .put("class", "outpatient").put("event", "A04").put("eventAt", day + "T08:00:00+08:00")
                .put("eventDay", day).put("inHouse", false);
        visit.putObject("patient");
        HUB.hub().records().publish(new Draft("his.visit.v1", visit, Origin.of("his", "1.0.0", "test")));
    }

    private static Iterable<String> hops(String number) {
        JsonNode found = HUB.get("/records?key=510104-H01%7C" + number);
        return HUB.get("/records/" + found.at("/records/0/id").asText()).at("/hops").findValuesAsText("kind");
    }

    private static String day(String day) {
        return read(out.resolve("visits-" + day + ".csv").toString());
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
