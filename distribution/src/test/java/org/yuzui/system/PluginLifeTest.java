package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.yuzui.testkit.FreePorts;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a change would do is said before, what was done can be looked up and undone, and every state has its reason. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginLifeTest {

    private static final String VISIT = "HUB-INF/contracts/his.visit.v1.schema.json";

    private Site site;
    private HubProcess hub;
    private Rest rest;

    @BeforeAll
    void start() throws Exception {
        site = Site.create("plugin-life");
        hub = site.start();
        rest = site.rest();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void aPlanSaysWhatWouldChangeAndChangesNothing() throws Exception {
        Path jar = hidden("0.2.0").writeTo(site.home.resolve("his-0.2.0.jar"));

        JsonNode harmless = rest.install("his-0.2.0.jar", harmless("0.2.0").bytes(), "&dryRun=true").body();
        assertThat(harmless.path("outside")).isEmpty();
        assertThat(change(harmless, "contracts", "his.visit.v1").toString())
                .contains("routes/visits-to-csv.camel.yaml: visits-to-csv reads it and notices nothing");

        JsonNode plan = rest.install("his-0.2.0.jar", Files.readAllBytes(jar), "&dryRun=true").body();

        assertThat(plan.path("action").asText()).as(plan.toString()).isEqualTo("UPDATE");
        assertThat(plan.path("fromVersion").asText() + " " + plan.path("toVersion").asText()).isEqualTo("0.1.0 0.2.0");
        assertThat(plan.path("sha256").asText()).isEqualTo(sha256(jar));
        assertThat(plan.path("problems")).isEmpty();
        assertThat(change(plan, "contracts", "his.visit.v1").toString()).contains("CHANGE", "field /ward", "field /bed");
        assertThat(change(plan, "settings", "ackDelay").path("action").asText()).isEqualTo("ADD");
        assertThat(plan.path("changes")).anyMatch(c -> c.path("kind").asText().equals("listens")
                && c.toString().contains(String.valueOf(site.mllpPort)));
        assertThat(plan.path("outside")).as("those who read what changes").anyMatch(e ->
                e.path("id").asText().equals("contracts:his.visit.v1") && e.path("owner").asText().equals("site")
                        && e.path("place").asText().equals("routes/visits-to-csv.camel.yaml"));
        assertThat(plan.path("pauses")).anyMatch(p -> p.path("what").asText().contains("receive-visit"));

        Site.Ended said = site.yuzui("plugin", "install", jar.toString(), "--dry-run");
        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(9);
        assertThat(said.out()).contains("Update his from 0.1.0 to 0.2.0", "/ward", "field /bed is hidden at capture now", "ackDelay",
                "routes/visits-to-csv.camel.yaml",
                "--accept contracts:his.visit.v1", "not signed", "receive-visit");
        assertThat(rest.get("/api/v1/plugins/his").at("/plugin/version").asText()).isEqualTo("0.1.0");
        assertThat(rest.get("/api/v1/plugins/his/history").path("events")).hasSize(1);
    }

    @Test
    @Order(2)
    void whatBreaksReadersIsNotPlannedToBePossible() throws Exception {
        byte[] jar = his("0.2.0").edit(VISIT, "\"inHouse\": {\"type\": \"boolean\"", "\"inHouse\": {\"type\": \"string\"").bytes();

        JsonNode plan = rest.install("his-0.2.0.jar", jar, "&dryRun=true").body();

        assertThat(change(plan, "contracts", "his.visit.v1").path("problems").toString())
                .contains("incompatible-contract", "/inHouse", "boolean");
        assertThat(rest.install("his-0.2.0.jar", jar, "&accept=his").status()).as("nothing makes up for it").isEqualTo(422);
    }

    @Test
    @Order(3)
    void whatIsOutsideIsTouchedOnlyWhenItIsNamed() throws Exception {
        Path jar = hidden("0.2.0").writeTo(site.home.resolve("his-0.2.0.jar"));

        Site.Ended refused = site.yuzui("plugin", "install", jar.toString());
        assertThat(refused.code()).as(refused.out() + refused.err()).isEqualTo(9);
        Rest.Answer answer = rest.install("his-0.2.0.jar", Files.readAllBytes(jar), "");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("code").asText()).isEqualTo("plan-not-accepted");
        assertThat(answer.body().at("/plan/outside/0/id").asText()).isEqualTo("contracts:his.visit.v1");
        assertThat(rest.get("/api/v1/plugins/his").at("/plugin/version").asText()).isEqualTo("0.1.0");
        assertThat(site.yuzui("plugin", "remove", "his").code()).isEqualTo(9);

        site.yuzui("plugin", "install", jar.toString(), "--accept", "contracts:his.visit.v1").ok();

        assertThat(rest.awaitState("his", "RUNNING").path("version").asText()).isEqualTo("0.2.0");
        assertThat(site.yuzui("demo", "send-hl7", "--count", "50", "--json").ok().out()).contains("\"AA\":50");
    }

    @Test
    @Order(4)
    void aVersionIsGoneBackToAndAllIsHistoryAlsoAfterARestart() throws Exception {
        Path first = RelayPlugin.write(site.home, "1.0.0");
        Path second = RelayPlugin.write(site.home, "1.1.0");
        site.yuzui("plugin", "install", first.toString()).ok();
        rest.upload(second.getFileName().toString(), Files.readAllBytes(second));
        site.yuzui("plugin", "rollback", "relay").ok();
        assertThat(rest.awaitState("relay", "RUNNING").path("version").asText()).isEqualTo("1.0.0");
        rest.post("/api/v1/plugins/relay/rollback", "{\"version\": \"1.1.0\"}");
        assertThat(site.yuzui("plugin", "versions", "relay").ok().out()).contains("1.0.0", "1.1.0");
        assertThat(site.yuzui("plugin", "rollback", "relay", "7.7.7").code()).isEqualTo(8);
        List<String> before = history();
        assertThat(before).containsExactly("ROLLBACK 1.1.0 DONE api", "ROLLBACK 1.0.0 DONE cli", "UPDATE 1.1.0 DONE api",
                "INSTALL 1.0.0 DONE cli");

        assertThat(hub.terminate()).isIn(0, 143);
        hub = site.start();
        rest = site.rest();

        assertThat(rest.awaitState("relay", "RUNNING").path("version").asText()).isEqualTo("1.1.0");
        assertThat(history()).isEqualTo(before);
        JsonNode update = events().get(2);
        String number = update.path("number").asText();
        JsonNode entry = rest.get("/api/v1/plugins/relay/history/" + number);
        assertThat(entry.path("sha256").asText()).isEqualTo(sha256(second));
        assertThat(entry.path("file").asText()).isEqualTo("relay-1.1.0.zip");
        assertThat(entry.path("who").asText()).isNotBlank();
        assertThat(entry.at("/plan/toVersion").asText()).isEqualTo("1.1.0");
        assertThat(site.yuzui("plugin", "history", "relay", "--entry", number).ok().out())
                .contains(sha256(second), "relay-1.1.0.zip", "Update relay from 1.0.0 to 1.1.0");
        site.yuzui("plugin", "rollback", "relay").ok();
        assertThat(rest.awaitState("relay", "RUNNING").path("version").asText()).isEqualTo("1.0.0");
    }

    @Test
    @Order(5)
    void aFarSideThatIsAwayMakesAPluginDegradedUntilItIsThere() throws Exception {
        int port = FreePorts.next();
        List<String> told = new CopyOnWriteArrayList<>();
        Thread listener = new Thread(() -> {
            try (Stream<String> events = rest.events()) {
                events.takeWhile(line -> !Thread.currentThread().isInterrupted()).forEach(told::add);
            } catch (Exception e) {
                told.add("(ended)");
            }
        }, "events");
        listener.setDaemon(true);
        listener.start();
        Awaitility.await("the stream is open").atMost(Site.PATIENCE).until(() -> told.contains("event: hello"));

        rest.upload("sender.zip", RelayPlugin.zip(Map.of("plugin.yaml", "id: sender\nversion: \"1.0.0\"\n", "routes/send.camel.yaml", """
                - route:
                    id: send
                    from:
                      uri: timer:send?period=200
                      steps:
                        - setBody: {constant: "MSH|^~\\\\&|A|B|C|D|20261122080000||ADT^A01|1|P|2.5\\r"}
                        - to: mllp:127.0.0.1:%d?connectTimeout=500
                """.formatted(port))));

        JsonNode degraded = rest.awaitState("sender", "DEGRADED");
        assertThat(degraded.at("/problem/code").asText()).isEqualTo("unreachable");
        assertThat(degraded.at("/problem/place").asText()).endsWith("routes/send.camel.yaml:7");
        assertThat(degraded.at("/problem/message").asText()).contains("127.0.0.1:" + port);
        assertThat(degraded.at("/problem/cure").asText()).isNotBlank();
        assertThat(site.yuzui("plugin", "list").ok().out()).contains("DEGRADED", "127.0.0.1:" + port);
        assertThat(rest.status("/ready", null)).as("the hub itself is ready").isEqualTo(200);

        try (ServerSocket far = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(far), "far side");
            answering.setDaemon(true);
            answering.start();
            assertThat(rest.awaitState("sender", "RUNNING").path("problem").isNull()).isTrue();
        }

        assertThat(rest.awaitState("sender", "DEGRADED").path("problem").isObject()).isTrue();
        site.yuzui("plugin", "stop", "sender").ok();
        rest.awaitState("sender", "STOPPED");
        site.yuzui("plugin", "start", "sender").ok();
        rest.awaitState("sender", "DEGRADED");
        site.yuzui("plugin", "remove", "sender").ok();
        Awaitility.await("all states are told").atMost(Site.PATIENCE).untilAsserted(() -> assertThat(states(told, "sender"))
                .containsSubsequence("STARTING", "RUNNING", "DEGRADED", "RUNNING", "DEGRADED", "STOPPED", "STARTING", "DEGRADED",
                        "RETIRED"));
        assertThat(told).contains("event: plugin-event");
        listener.interrupt();
    }

    private static void answer(ServerSocket far) {
        while (!far.isClosed()) {
            try (Socket line = far.accept()) {
                line.setSoTimeout(500); // the line goes soon after the far side
                for (int b = line.getInputStream().read(); b >= 0; b = line.getInputStream().read()) {
                    if (b == 0x1c) {
                        line.getOutputStream().write(("\u000bMSH|^~\\&|C|D|A|B|20261122080000||ACK^A01|1|P|2.5\rMSA|AA|1\r"
                                + "\u001c\r").getBytes(StandardCharsets.US_ASCII));
                    }
                    if (far.isClosed()) {
                        break;
                    }
                }
            } catch (java.io.IOException e) {
                continue; // gone, or nothing more came on this line
            }
        }
    }

    private static List<String> states(List<String> lines, String plugin) throws Exception {
        List<String> states = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i - 1).equals("event: plugin") && lines.get(i).startsWith("data: ")) {
                JsonNode status = Rest.JSON.readTree(lines.get(i).substring(6));
                if (status.path("id").asText().equals(plugin)) {
                    states.add(status.path("state").asText());
                }
            }
        }
        return states;
    }

    private List<JsonNode> events() throws Exception {
        List<JsonNode> events = new ArrayList<>();
        rest.get("/api/v1/plugins/relay/history").path("events").forEach(events::add);
        return events;
    }

    private List<String> history() throws Exception {
        return events().stream().map(e -> e.path("action").asText() + " " + e.path("toVersion").asText() + " "
                + e.path("outcome").asText() + " " + e.path("door").asText()).toList();
    }

    private Bundle his(String version) throws Exception {
        return Bundle.in(site.home.resolve("plugins"), "his").version("0.1.0", version);
    }

    /** A version that hides a field of what the site's route reads from now on. */
    private Bundle hidden(String version) throws Exception {
        return harmless(version).edit(VISIT, "\"bed\": {\"type\": \"string\", \"maxLength\": 80, \"x-sensitivity\": \"internal\"",
                "\"bed\": {\"type\": \"string\", \"maxLength\": 80, \"x-sensitivity\": \"personal\", \"x-mask\": \"name\"");
    }

    /** A version that adds a field to what the site's route reads, and a setting. */
    private Bundle harmless(String version) throws Exception {
        return his(version).edit(VISIT, "    \"room\": {", "    \"ward\": {\"type\": \"string\", \"maxLength\": 80},\n    \"room\": {")
                .edit("HUB-INF/settings.schema.json", "    \"charset\": {\"type\": \"string\", \"enum\": [\"UTF-8\", \"GB18030\", \"GBK\","
                        + " \"GB2312\", \"ISO-8859-1\", \"BIG-5\"], \"default\"", "    \"ackDelay\": {\"type\": \"integer\", \"default\": 0},\n"
                        + "    \"charset\": {\"type\": \"string\", \"enum\": [\"UTF-8\", \"GB18030\", \"GBK\","
                        + " \"GB2312\", \"ISO-8859-1\", \"BIG-5\"], \"default\"");
    }

    private static JsonNode change(JsonNode plan, String kind, String id) {
        for (JsonNode change : plan.path("changes")) {
            if (change.path("kind").asText().equals(kind) && change.path("id").asText().equals(id)) {
                return change;
            }
        }
        throw new AssertionError(kind + " " + id + " is not in " + plan.toPrettyString());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
