package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.plugin.kindergarten.Caller.Answer;
import org.yuzui.testkit.HubExtension;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** What openapi.yaml says is what is served: every operation, its example, its answers. */
class OpenApiTest {

    private static final int PORT = PluginUnderTest.freePort();

    @RegisterExtension
    static final HubExtension HUB = Sites.hub("""
            http: {port: %d}
            platforms: {jinjiang: {unit: 510104-K01, secret: a-secret-of-jinjiang}}
            """.formatted(PORT));

    @Test
    void everyKindHasItsOperationAndEveryOperationItsKind() throws Exception {
        JsonNode document = served("/openapi.json");
        Set<String> paths = new TreeSet<>();
        document.path("paths").fieldNames().forEachRemaining(paths::add);
        Set<String> taken = new TreeSet<>(Set.of("/openapi.yaml", "/openapi.json"));
        Arrays.stream(Items.Kind.values()).forEach(k -> taken.add(k.path()));
        assertThat(paths).isEqualTo(taken);
        assertThat(document.findValuesAsText("operationId")).doesNotHaveDuplicates().hasSameSizeAs(paths);
        for (String reference : document.findValuesAsText("$ref")) {
            assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
        }
        Answer yaml = Caller.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/openapi.yaml")).GET());
        assertThat(yaml.response().headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(new String(yaml.response().body(), java.nio.charset.StandardCharsets.UTF_8)).startsWith("openapi: 3.1.0").contains("arrivedAt");
    }

    @Test
    void itsSchemasAreTheContractsButForWhatIsFilledIn() throws Exception {
        JsonNode schemas = served("/openapi.json").at("/components/schemas");
        for (Items.Kind kind : Items.Kind.values()) {
            if (kind == Items.Kind.EVENTS) {
                continue;
            }
            String name = kind.name().charAt(0) + kind.word().substring(1, kind.word().length() - 1);
            JsonNode contract = Caller.JSON.readTree(Path.of("hub/contracts/" + kind.contract() + ".schema.json").toFile());
            assertThat(schemas.path(name).path("properties")).as(name).isEqualTo(contract.path("properties"));
            List<String> required = new ArrayList<>();
            schemas.path(name).path("required").forEach(n -> required.add(n.asText()));
            assertThat(required).doesNotContain("unit");
            contract.path("required").forEach(n -> {
                if (!Set.of("unit", "day", "pass", "scan", "meal").contains(n.asText())) {
                    assertThat(required).contains(n.asText());
                }
            });
        }
    }

    @Test
    void itsExamplesAreTakenAndItsAnswersAreAsItSays() throws Exception {
        JsonNode document = served("/openapi.json");
        Caller caller = new Caller(PORT, "jinjiang", "a-secret-of-jinjiang");
        for (Items.Kind kind : Items.Kind.values()) {
            JsonNode operation = document.path("paths").path(kind.path()).path("post");
            String example = operation.at("/requestBody/content/application~1json/example").toString();
            Answer answer = caller.post(kind.path(), example);
            assertThat(answer.status()).as(kind + " " + answer.body()).isEqualTo(200);
            assertThat(names(answer.body())).containsExactlyInAnyOrderElementsOf(texts(document.at("/components/schemas/Taken/required")));
            Answer refused = caller.post(kind.path(), "{\"nonsense\": 1}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(names(refused.body())).containsAll(texts(document.at("/components/schemas/Problem/required")))
                    .containsAll(texts(document.at("/components/schemas/Refused/required")));
            assertThat(operation.path("responses").fieldNames()).toIterable().contains("200", "400", "401", "409", "413", "415", "422", "429", "503");
        }
    }

    private static JsonNode served(String path) throws Exception {
        return Caller.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path)).GET()).body();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(t -> texts.add(t.asText()));
        return texts;
    }
}
