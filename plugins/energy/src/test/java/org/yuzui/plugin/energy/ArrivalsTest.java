package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.Keepsake;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.energy.Patience.await;

/** What a meter said is kept, and can be read once more by better settings. */
class ArrivalsTest {

    private static final String UNITS = """
            code,name,level,parent
            510000,四川省,province,
            510100,成都市,city,510000
            510104,锦江区,county,510100
            510104-G01,锦江区政务中心,institution,510104
            """;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MeterServer METERS = MeterServer.good();
    private static final MeterServer STRANGER = new MeterServer((question, out) -> {
        byte[] answer = Samples.answer(question);
        answer[6]++; // another device than was asked
        out.write(answer);
    });
    private static final MeterServer MUTE = new MeterServer((question, out) -> { });

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of().plugin(PluginUnderTest.jar()).file("config/org/units.csv", UNITS)
            .settings("energy", """
                    collect: {answerTimeout: 3000, retries: 0, backOff: {first: 0, most: 0}}
                    emergency: {active: true}
                    meters:
                      A: {unit: 510104-G01, kind: electricity, protocol: modbus-tcp, port: %1$d, device: 1, register: 0}
                      B: {unit: 510104-G01, kind: water, protocol: modbus-tcp, port: %2$d, device: 2, register: 0}
                      C: {unit: 510104-G01, kind: water, protocol: modbus-tcp, port: %3$d, device: 3, register: 0}
                    setPoints:
                      AC: {unit: 510104-G01, protocol: modbus-tcp, port: %1$d, register: 1, type: u16}
                    """.formatted(METERS.port(), STRANGER.port(), MUTE.port()));

    @AfterAll
    static void close() {
        List.of(METERS, STRANGER, MUTE).forEach(MeterServer::close);
    }

    @Test
    void framesAreKeptWithTheirQuestionAndReadAgainByTheSettingsOfNow() throws Exception {
        HUB.hub().scheduler().run("energy/collect", null);
        Flow first = flow("energy.reading.v1", "A");
        JsonNode kept = JSON.readTree(arrived(first));
        await().untilAsserted(() -> assertThat(body("A", kept).path("value").isNumber()).isTrue());
        JsonNode reading = body("A", kept);
        assertThat(kept.path("id").asText()).isEqualTo("A");
        assertThat(METERS.asked).extracting(HexFormat.of()::formatHex).contains(kept.path("asked").asText());
        assertThat(kept.path("came").asText()).startsWith(kept.path("asked").asText().substring(0, 4)).hasSizeGreaterThan(20);
        Flow stranger = flow("energy.gap.v1", "B");
        JsonNode other = JSON.readTree(arrived(stranger));
        assertThat(other.path("came").asText()).as("also what is no answer").isNotEmpty();
        assertThat(message(flow("energy.gap.v1", "C"))).as("nobody said anything").isNull();
        HUB.hub().scheduler().run("energy/collect-dense", null);
        Flow point = flow("energy.setpoint.v1", "AC");
        assertThat(JSON.readTree(arrived(point)).path("id").asText()).isEqualTo("AC");

        set("{\"meters\": {\"A\": {\"ratio\": \"40\"}, \"B\": {\"device\": 3}}}");
        int asked = METERS.asked.size();
        replay(first);
        replay(point);
        replay(stranger);

        await().untilAsserted(() -> assertThat(body("A", kept).path("value").decimalValue()).as("what the register showed, by the ratio of now")
                .isEqualByComparingTo(reading.path("value").decimalValue().multiply(new BigDecimal(40))));
        await().untilAsserted(() -> assertThat(body("B", other).path("value").isNumber()).as("it was the setting that was wrong").isTrue());
        assertThat(METERS.asked).as("nobody was asked for that").hasSize(asked);
    }

    /** What the meter's reading is at the time of what was kept of it. */
    private static JsonNode body(String meter, JsonNode kept) {
        return HUB.hub().records().store().find(RecordQuery.of("energy.reading.v1")).stream().map(r -> r.body())
                .filter(b -> b.path("meter").asText().equals(meter) && b.path("at").equals(kept.path("at"))).findFirst().orElseGet(JSON::createObjectNode);
    }

    /** The first one of its kind. */
    private static Flow flow(String contract, String keyPart) {
        FlowQuery all = new FlowQuery(FlowFilter.where().contract(contract).build(), null, 50);
        List<Flow> found = new ArrayList<>();
        await().untilAsserted(() -> {
            found.clear();
            HUB.hub().ledger().find(all).flows().stream().filter(f -> f.key().contains("|" + keyPart)).forEach(found::add);
            assertThat(found).isNotEmpty();
        });
        return found.get(found.size() - 1);
    }

    private static Hop message(Flow flow) {
        return HUB.hub().ledger().hops(flow.id()).stream().filter(h -> h.message() != null).findFirst().orElse(null);
    }

    private static byte[] arrived(Flow flow) {
        Hop hop = Objects.requireNonNull(message(flow), "no hop of " + flow.key() + " has a message");
        Keepsake kept = HUB.hub().ledger().beside(List.of(hop)).get(hop.message());
        try (InputStream in = HUB.hub().ledger().open(kept).orElseThrow()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replay(Flow flow) {
        String replay = "/replays/" + HUB.post("/replays", "{\"only\": [\"" + flow.id() + "\"], \"fromHop\": \"arrival\"}").at("/id").asLong();
        await().untilAsserted(() -> assertThat(HUB.get(replay).at("/state").asText()).isEqualTo("DONE"));
        assertThat(HUB.get(replay).at("/done").asInt()).as(HUB.get(replay).toString()).isEqualTo(1);
    }

    private static void set(String patch) throws Exception {
        HttpResponse<String> set = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + HUB.hub().webPort() + "/api/v1/plugins/energy/settings"))
                .header("Authorization", "Bearer " + Files.readString(HUB.home().resolve("data/bootstrap-token")).strip())
                .header("Content-Type", "application/merge-patch+json")
                .POST(HttpRequest.BodyPublishers.ofString(patch)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(set.statusCode()).as(set.body()).isLessThan(300);
    }
}
