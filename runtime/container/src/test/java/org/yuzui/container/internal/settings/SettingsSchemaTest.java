package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsSchemaTest {

    private static final String SCHEMA = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "type": "object",
             "required": ["mode"],
             "properties": {
               "mode": {"enum": ["strict", "lenient"]},
               "listen": {"type": "object", "properties": {
                 "host": {"type": "string", "default": "0.0.0.0"},
                 "port": {"type": "integer", "default": 2575, "minimum": 1},
                 "tls": {"type": "boolean"}}},
               "password": {"type": "string", "pattern": "^.{4,}$", "x-secret": true},
               "facilities": {"type": "object", "additionalProperties": {"$ref": "#/$defs/facility"}},
               "mirrors": {"type": "array", "items": {"type": "object", "required": ["url"], "properties": {
                 "url": {"type": "string"}, "weight": {"type": "number", "default": 0.5}}}}},
             "$defs": {"facility": {"type": "object", "required": ["unit"], "properties": {
                 "unit": {"type": "string"}, "charset": {"type": "string", "default": "GB18030"},
                 "beds": {"type": "integer"}}}}}
            """;

    @TempDir
    private Path folder;

    @Test
    void defaultsFillWhatNobodyWroteAtAnyDepth() {
        assertThat(read("""
                mode: strict
                listen:
                facilities:
                  H510104: {unit: 510104-H01}
                  H510105: {unit: 510105-H01, charset: UTF-8}
                mirrors:
                  - url: http://a
                  - {url: http://b, weight: 2}
                """)).isEqualTo(json("""
                {"mode": "strict",
                 "listen": {"host": "0.0.0.0", "port": 2575},
                 "facilities": {"H510104": {"unit": "510104-H01", "charset": "GB18030"},
                                "H510105": {"unit": "510105-H01", "charset": "UTF-8"}},
                 "mirrors": [{"url": "http://a", "weight": 0.5}, {"url": "http://b", "weight": 2}]}
                """));
    }

    @Test
    void anObjectThatNobodyWroteIsThereOnlyIfItHasDefaults() {
        assertThat(read("mode: strict")).isEqualTo(json("{\"mode\": \"strict\", "
                + "\"listen\": {\"host\": \"0.0.0.0\", \"port\": 2575}}"));
    }

    @Test
    void placeholdersAreFilledFromTheEnvironmentAndFromFilesAndTakeTheTypeThatIsAskedFor() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "geheim\n");

        JsonNode settings = read("""
                mode: ${env:MODE}
                password: ${file:secret.txt}
                listen: {host: "his-${env:SITE}.local", port: "${env:PORT}", tls: "${env:TLS}"}
                """, Map.of("MODE", "lenient", "SITE", "cd", "PORT", "2600", "TLS", "true"));

        assertThat(settings).isEqualTo(json("""
                {"mode": "lenient", "password": "geheim",
                 "listen": {"host": "his-cd.local", "port": 2600, "tls": true}}
                """));
    }

    @Test
    void aGeneratedFileIsMadeOnceForItsOwnerAlone() throws IOException {
        String made = read("mode: strict\npassword: ${generated:his.token}").path("password").asText();

        assertThat(made).hasSizeGreaterThan(40);
        assertThat(read("mode: strict\npassword: ${generated:his.token}").path("password").asText()).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("his.token")))).isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(f -> f.endsWith("his.token")).satisfies(f -> assertThat(f.toFile().list()).hasSize(1));
        assertThat(problem("mode: strict\npassword: ${generated:no/such/folder}")).contains("no/such/folder can't be made.");
    }

    @Test
    void valuesOfPlaceholdersAreNotLookedThroughForPlaceholders() {
        assertThat(read("mode: strict\npassword: ${env:P}", Map.of("P", "${env:Q} $1")).path("password").asText())
                .isEqualTo("${env:Q} $1");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsPlace() {
        assertThat(problem("""
                mdoe: strict
                listen:
                  port: many
                  host: {a: 1}
                  prot: 1
                password: abc
                facilities:
                  H510104: {unit: 510104-H01, bed: 20}
                  H510105: {}
                mirrors: none
                """)).isEqualTo("""
                config/his.yaml: 9 settings are wrong:\
                 (1) config/his.yaml:4 listen.host: Here stands a mapping; what is expected is a text.\
                 (2) config/his.yaml:3 listen.port: Here stands a text; what is expected is a whole number.\
                 (3) config/his.yaml:5 listen.prot: The key 'prot' is not known. Did you mean 'port'?\
                 (4) config/his.yaml:6 password: The value does not match the regex pattern ^.{4,}$.\
                 (5) config/his.yaml:8 facilities.H510104.bed: The key 'bed' is not known. Did you mean 'beds'?\
                 (6) config/his.yaml:9 facilities.H510105.unit: 'unit' is missing and has no default. Write 'unit: …'.\
                 (7) config/his.yaml:10 mirrors: Here stands a text; what is expected is a list.\
                 (8) config/his.yaml:1 mode: 'mode' is missing and has no default. Write 'mode: …'.\
                 (9) config/his.yaml:1 mdoe: The key 'mdoe' is not known. Did you mean 'mode'?""");
    }

    @Test
    void aSecretIsNeverRepeated() {
        assertThat(problem("mode: hunter2\npassword: [hunter3]"))
                .contains("Choose one of strict, lenient.").doesNotContain("hunter");
    }

    @Test
    void aPlaceholderThatCannotBeFilledNamesWhatIsMissing() {
        assertThat(problem("mode: strict\nlisten:\n  port: ${env:PORT}\npassword: ${file:nowhere.txt}\n"))
                .contains("config/his.yaml:3 listen.port: The environment variable PORT is not set.")
                .contains("config/his.yaml:4 password: The file nowhere.txt can't be read.")
                .startsWith("config/his.yaml: 2 settings are wrong:");
    }

    @Test
    void aFileThatIsNoMappingIsRefused() {
        assertThat(problem("- a\n- b\n")).contains("A mapping is expected here.");
    }

    @Test
    void valuesInASchemaAreNotTakenForSchemas() {
        SettingsSchema schema = schema("""
                {"properties": {
                   "type": {"type": "string"},
                   "link": {"default": {"type": "mllp", "$ref": "http://x", "properties": {}}},
                   "both": {"allOf": [{"properties": {"a": {"default": 1}}}, {"properties": {"b": {"default": 2}}}]}}}
                """);

        assertThat(schema.read(new SettingsFile("config/his.yaml", "type: x\nboth: {b: 3}".getBytes(UTF_8)), none()).tree())
                .isEqualTo(json("""
                        {"type": "x", "link": {"type": "mllp", "$ref": "http://x", "properties": {}}, "both": {"a": 1, "b": 3}}
                        """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"properties\": {\"a\": {\"pattern\": \"(\"}}}", "{\"$ref\": \"#/$defs/nowhere\"}",
        "{\"properties\": {\"a\": {\"type\": \"strng\"}}}",
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}", "[]", "{\"a\": 1, \"a\": 2}"})
    void aSchemaThatMakesNoSenseIsRefused(String schema) {
        assertThat(catchThrowableOfType(ProblemException.class,
                () -> schema(schema)).problem().sentence())
                .startsWith("his.jar!HUB-INF/settings.schema.json");
    }

    private static SettingsSchema schema(String json) {
        return SettingsSchema.parse(json.getBytes(UTF_8), "his.jar!HUB-INF/settings.schema.json");
    }

    private SecretBox box() {
        return new SecretBox(folder.resolve("keys/settings.key"));
    }

    private Placeholders none() {
        return new Placeholders(folder, name -> null, box());
    }

    private JsonNode read(String yaml) {
        return read(yaml, Map.of());
    }

    private JsonNode read(String yaml, Map<String, String> environment) {
        return schema(SCHEMA).read(new SettingsFile("config/his.yaml", yaml.getBytes(UTF_8)),
                new Placeholders(folder, environment::get, box())).tree();
    }

    private String problem(String yaml) {
        return catchThrowableOfType(ProblemException.class, () -> read(yaml)).problem().sentence();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
