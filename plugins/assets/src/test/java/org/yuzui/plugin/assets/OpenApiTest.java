package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.yuzui.kernel.YamlDocument;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** The document says what the contracts say, and only what callers may send. */
class OpenApiTest {

    private final JsonNode schemas = YamlDocument.read(Path.of("src/main/resources/org/yuzui/plugin/assets/openapi.yaml"), "openapi.yaml").root()
            .at("/components/schemas");

    @Test
    void cardsHaveTheFieldsOfTheirContractButTheClassWhichIsFoundHere() throws Exception {
        same("Asset", "assets.asset.v1", Set.of("class"));
    }

    @Test
    void movementsHaveTheFieldsOfTheirContractButTheReasonWhyThereIsNoPremium() throws Exception {
        same("Movement", "assets.movement.v1", Set.of("premiumAbsent"));
    }

    private void same(String schema, String contract, Set<String> made) throws Exception {
        JsonNode properties = new ObjectMapper().readTree(Path.of("hub/contracts/" + contract + ".schema.json").toFile()).path("properties");
        Set<String> expected = names(properties);
        expected.removeAll(made);
        assertThat(names(schemas.at("/" + schema + "/properties"))).isEqualTo(expected);
        for (String field : expected) {
            JsonNode documented = schemas.at("/" + schema + "/properties/" + field);
            assertThat(words(documented)).as(field).isEqualTo(words(properties.path(field)));
            assertThat(documented.path("type")).as(field).isEqualTo(properties.path(field).path("type"));
        }
    }

    private static List<String> words(JsonNode property) {
        List<String> words = new ArrayList<>();
        property.path("enum").forEach(w -> words.add(w.asText()));
        return words;
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
