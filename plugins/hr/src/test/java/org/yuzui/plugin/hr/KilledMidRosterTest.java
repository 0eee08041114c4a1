package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.GivenFile;
import org.yuzui.testkit.HubChild;
import org.yuzui.testkit.TestHub;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.hr.Patience.await;

/** A hub that is killed while a roster is being taken goes on with it: nobody is lost, and nothing counts twice. */
class KilledMidRosterTest {

    private static final String UNIT = "510104-H01";
    private static final int PEOPLE = 4_000;
    private static final int LEAVERS = 40;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void peopleAndChangesAreThereOnce() throws Exception {
        TestHub hub = TestHub.in(folder.resolve("home"));
        Path inbox = folder.resolve("inbox");
        Files.copy(PluginUnderTest.jar(), hub.home().resolve("plugins/hr.jar"));
        hub.write("config/plugins/hr.yaml", "inbox: " + inbox + "\ninterval: 100\nsettle: 1\nrosters:\n  large: {unit: " + UNIT + "}\n");
        List<List<String>> first = People.roster(1, PEOPLE);
        List<List<String>> next = People.roster(1 + LEAVERS, PEOPLE + LEAVERS);
        next.subList(1, next.size()).forEach(row -> row.set(9, "财务科"));

        killedWhile(hub, "hr.person.v1", give(inbox, "large_2026-03-31.csv", first));
        try (HubChild child = HubChild.start(hub.home(), "hr")) {
            await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(inbox.resolve(".done/large_2026-03-31.csv")));
            child.kill();
        }
        killedWhile(hub, "hr.change.v1", give(inbox, "large_2026-04-30.csv", next));
        hub.start();
        try {
            await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(find(hub, "hr.roster.v1", RecordQuery.Among.LATEST))
                    .hasSize(2).allMatch(r -> r.path("state").asText().equals("accepted")));
            assertThat(find(hub, "hr.person.v1", RecordQuery.Among.LATEST)).hasSize(PEOPLE + LEAVERS);
            assertThat(find(hub, "hr.person.v1", RecordQuery.Among.ANY)).as("each as it was, and as it is; who joined only as it is")
                    .hasSize(2 * PEOPLE + LEAVERS);
            assertThat(find(hub, "hr.change.v1", RecordQuery.Among.ANY)).hasSize(PEOPLE + LEAVERS);
            assertThat(kinds(hub, "left")).isEqualTo(LEAVERS);
            assertThat(kinds(hub, "joined")).isEqualTo(LEAVERS);
            assertThat(kinds(hub, "moved")).isEqualTo(PEOPLE - LEAVERS);
            JsonNode last = find(hub, "hr.roster.v1", RecordQuery.Among.LATEST).get(1);
            assertThat(List.of(last.path("before").asInt(), last.path("after").asInt(), last.path("left").asInt())).as("counted before the kill")
                    .containsExactly(PEOPLE, PEOPLE, LEAVERS);
        } finally {
            hub.stop();
        }
    }

    /** Runs the hub until the first record of a contract is there, and kills it while the file still lies in the inbox. */
    private static void killedWhile(TestHub hub, String contract, Path file) throws Exception {
        try (HubChild child = HubChild.start(hub.home(), "hr")) {
            String token = Files.readString(hub.home().resolve("data/bootstrap-token")).strip();
            HttpRequest look = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + child.webPort() + "/api/v1/records?limit=1&contract=" + contract))
                    .header("Authorization", "Bearer " + token).build();
            await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(5)).until(() -> !new ObjectMapper().readTree(HTTP.send(look,
                    HttpResponse.BodyHandlers.ofByteArray()).body()).path("records").isEmpty());
            child.kill();
        }
        assertThat(file).as("killed in the middle").exists();
    }

    private static Path give(Path inbox, String name, List<List<String>> rows) throws Exception {
        return GivenFile.into(inbox, name, People.csv(rows).getBytes(StandardCharsets.UTF_8));
    }

    private static long kinds(TestHub hub, String kind) {
        return find(hub, "hr.change.v1", RecordQuery.Among.ANY).stream().filter(c -> c.path("kind").asText().equals(kind)).count();
    }

    private static List<JsonNode> find(TestHub hub, String contract, RecordQuery.Among among) {
        return hub.hub().records().store().find(RecordQuery.of(contract).ofUnit(UNIT).among(among, RecordQuery.Give.MATCHES))
                .stream().map(r -> (JsonNode) r.body()).toList();
    }
}
