package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The files of the plugin and of the demonstration site fit each other. */
class PluginFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    @Test
    void theSettingsOfTheDemonstrationSiteAreValidAndNameKnownInstitutions() throws IOException {
        JsonNode settings = YAML.readTree(Path.of("../../config/plugins/his.yaml").toFile());
        List<String> institutions = Files.readAllLines(Path.of("../../config/org/institutions.csv")).stream()
                .map(line -> line.split(",")[0]).toList();

        assertThat(problems(settings)).isEmpty();
        HisSettings read = HisSettings.of(PluginFixture.settings(YAML.writeValueAsString(settings)));
        assertThat(read.facilities()).hasSize(25);
        assertThat(read.facilities().values()).extracting(HisSettings.Facility::unit).allMatch(institutions::contains);
        assertThat(read.bedsByUnit()).hasSize(24).allSatisfy((unit, beds) -> assertThat(beds).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{listen: {prot: 1}}", "{charset: KLINGON}", "{unknownType: ignore}", "{processingIds: [X]}",
            "{facilities: {A: {beds: 3}}}", "{facilities: {A: {unit: x, beds: -1}}}", "{pseudonymKey: short}",
            "{maxMessageBytes: 16MB}"})
    void settingsThatMakeNoSenseAreRefused(String yaml) throws IOException {
        assertThat(problems(YAML.readTree(yaml))).isNotEmpty();
    }

    @Test
    void withoutSettingsTheDefaultsHold() {
        HisSettings settings = HisSettings.of(PluginFixture.settings("{}"));

        assertThat(settings.charset().name()).isEqualTo("UTF-8");
        assertThat(settings.acceptUnknown()).isTrue();
        assertThat(settings.otherUnit()).isEmpty();
        assertThat(settings.processingIds()).containsExactly("P");
        assertThat(settings.pseudonymKey()).isNull();
    }

    @Test
    void whatUnknownFacilitiesSendGoesToTheUnitThatIsNamed() {
        HisSettings settings = HisSettings.of(PluginFixture.settings("{unknownFacility: 510104-H01}"));

        assertThat(settings.otherUnit()).contains("510104-H01");
        assertThat(settings.bedsByUnit()).containsEntry("510104-H01", 0);
    }

    @Test
    void everySettingHasATitleInBothLanguages() throws IOException {
        JSON.readTree(Path.of("hub/settings.schema.json").toFile()).path("properties").fields().forEachRemaining(e -> {
            assertThat(e.getValue().at("/x-title/zh").asText()).as(e.getKey()).isNotBlank();
            assertThat(e.getValue().at("/x-title/en").asText()).as(e.getKey()).isNotBlank();
        });
    }

    private static Set<ValidationMessage> problems(JsonNode settings) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JSON.readTree(Path.of("hub/settings.schema.json").toFile())).validate(settings);
    }
}
