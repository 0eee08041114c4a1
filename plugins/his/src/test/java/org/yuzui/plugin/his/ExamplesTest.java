package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every folder under {@code examples/}: what is given, what is answered, what becomes of it. */
class ExamplesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        return Files.list(Path.of("examples")).filter(Files::isDirectory).sorted()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
    }

    private static void run(Path folder) throws Exception {
        JsonNode example = YAML.readTree(folder.resolve("case.yaml").toFile());
        FakeHub hub = new FakeHub();
        int port = PluginFixture.freePort();
        String settings = "listen: {port: " + port + "}\nfacilities: " + example.at("/settings/facilities");
        try (CamelContext context = PluginFixture.context(hub, PluginFixture.settings(settings), "receive-visit")) {
            context.start();
            try (MllpSender sender = new MllpSender(port)) {
                String answer = sender.send(Files.readAllBytes(folder.resolve("given.hl7")), StandardCharsets.ISO_8859_1);
                assertThat(answer).contains("\rMSA|" + example.path("answer").asText() + "|");
            }
        }
        if (example.has("contract")) {
            assertThat(hub.records(example.path("contract").asText()))
                    .containsExactly(JSON.readTree(folder.resolve("expect.json").toFile()));
        } else {
            assertThat(hub.published).isEmpty();
            assertThat(hub.refused).extracting(FakeHub.Noted::code).containsExactly(example.path("reason").asText());
        }
    }
}
