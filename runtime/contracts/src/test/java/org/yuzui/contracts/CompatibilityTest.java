package org.yuzui.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CompatibilityTest {

    /** Each row: the schema of the field {@code /f} before, after, and the keyword that breaks (none: compatible). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{}                                   | {\"title\": \"x\"}                          |",
            "{\"type\": \"integer\"}              | {\"type\": \"number\"}                      |",
            "{\"type\": \"string\"}               | {\"type\": [\"string\", \"null\"]}          |",
            "{\"type\": \"string\"}               | {}                                          |",
            "{\"type\": \"number\"}               | {\"type\": \"integer\"}                     | type",
            "{\"type\": [\"string\", \"null\"]}   | {\"type\": \"string\"}                      | type",
            "{}                                   | {\"type\": \"string\"}                      | type",
            "{\"enum\": [1, 2]}                   | {\"enum\": [1, 2, 3]}                       |",
            "{\"enum\": [1, 2]}                   | {\"enum\": [2]}                             | enum",
            "{\"const\": 1}                       | {\"enum\": [1, 2]}                          |",
            "{}                                   | {\"const\": 1}                              | enum",
            "{\"minimum\": 1}                     | {\"minimum\": 0}                            |",
            "{\"minimum\": 1}                     | {\"minimum\": 2}                            | minimum",
            "{}                                   | {\"minLength\": 0}                          |",
            "{}                                   | {\"minLength\": 1}                          | minLength",
            "{\"maxLength\": 5}                   | {\"maxLength\": 6}                          |",
            "{\"maxLength\": 5}                   | {\"maxLength\": 4}                          | maxLength",
            "{\"maxLength\": 5}                   | {}                                          |",
            "{\"multipleOf\": 10}                 | {\"multipleOf\": 5}                         |",
            "{\"multipleOf\": 5}                  | {\"multipleOf\": 10}                        | multipleOf",
            "{\"uniqueItems\": true}              | {\"uniqueItems\": false}                    |",
            "{}                                   | {\"uniqueItems\": true}                     | uniqueItems",
            "{\"pattern\": \"a\"}                 | {}                                          |",
            "{\"pattern\": \"a\"}                 | {\"pattern\": \"b\"}                        | pattern",
            "{}                                   | {\"format\": \"date\"}                      | format",
            "{\"items\": {\"maximum\": 3}}        | {\"items\": {\"maximum\": 2}}               | maximum",
            "{}                                   | {\"items\": {\"type\": \"string\"}}         | type",
            "{\"prefixItems\": [{\"maximum\": 3}]}| {\"prefixItems\": [{\"maximum\": 2}]}       | maximum",
            "{\"properties\": {\"a\": {}}}        | {\"properties\": {\"a\": {}, \"b\": {\"type\": \"string\"}}} |",
            "{\"properties\": {\"a\": {}}}        | {\"properties\": {}}                        | properties",
            "{\"properties\": {\"a\": {\"properties\": {\"b\": {}}}}} | {\"properties\": {\"a\": {\"properties\": {}}}} | properties",
            "{\"required\": [\"a\"]}              | {\"required\": []}                          |",
            "{\"required\": []}                   | {\"required\": [\"a\"]}                     | required",
            "{}                                   | {\"additionalProperties\": false}           | false",
            "{\"additionalProperties\": false}    | {\"additionalProperties\": {\"type\": \"string\"}} |",
            "{\"additionalProperties\": {\"maximum\": 3}} | {\"additionalProperties\": {\"maximum\": 2}} | maximum",
            "{\"patternProperties\": {\"a\": {\"maximum\": 3}}} | {\"patternProperties\": {\"a\": {\"maximum\": 2}}} | maximum",
            "{}                                   | {\"patternProperties\": {\"a\": {}}}        | patternProperties",
            "{\"anyOf\": [{\"const\": 1}]}        | {\"anyOf\": [{\"const\": 2}, {\"const\": 1}]} |",
            "{\"anyOf\": [{\"const\": 1}, {\"const\": 2}]} | {\"anyOf\": [{\"const\": 2}]}      | anyOf",
            "{\"oneOf\": [{\"const\": 1}]}        | {\"oneOf\": [{\"const\": 1}, {\"const\": 2}]} | oneOf",
            "{\"allOf\": [{\"maximum\": 3}]}      | {\"allOf\": [{\"maximum\": 2}]}             | maximum",
            "{\"allOf\": []}                      | {\"allOf\": [{\"maximum\": 2}]}             | allOf",
            "{\"not\": {\"const\": 1}}            | {}                                          |",
            "{}                                   | {\"not\": {\"const\": 1}}                   | not",
            "{\"if\": {\"const\": 1}, \"then\": {}} | {\"if\": {\"const\": 2}, \"then\": {}}    | if",
            "{\"$ref\": \"#/$defs/d\"}            | {\"type\": \"string\", \"maxLength\": 9}    |",
            "{\"$ref\": \"#/$defs/d\"}            | {\"$ref\": \"#/$defs/d\", \"title\": \"x\"} |",
            "{\"$ref\": \"#/$defs/d\"}            | {\"$ref\": \"#/$defs/d\", \"minLength\": 2} | minLength",
            "{\"$ref\": \"#/$defs/d\"}            | {\"type\": \"string\", \"maxLength\": 8}    | maxLength",
            "true                                 | {}                                          |",
            "true                                 | {\"type\": \"string\"}                      | type",
            "{\"type\": \"string\"}               | false                                       | false",
            "false                                | {\"type\": \"string\"}                      |",
    })
    void comparesAField(String before, String after, String rule) {
        Compatibility compatibility = Compatibility.between(schema(before, "d"), schema(after, "d"));

        assertThat(compatibility.compatible()).isEqualTo(rule == null);
        if (rule != null) {
            assertThat(compatibility.findings()).extracting(Compatibility.Finding::rule).contains(rule);
            assertThat(compatibility.findings()).allSatisfy(f -> assertThat(f.field()).startsWith("/f"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"x-key|[\"/g\"]", "x-unit|\"/g\"", "x-date|\"/g\"", "x-order|\"/g\""})
    void whatTheHubReadsMustStayWhereItIs(String word, String pointer) {
        JsonNode before = json("{\"x-key\": [\"/f\"], \"x-unit\": \"/f\", \"x-date\": \"/f\", \"x-order\": \"/f\"}");
        JsonNode after = ((ObjectNode) before.deepCopy()).set(word, json(pointer));

        assertThat(Compatibility.between(before, after).findings()).extracting(Compatibility.Finding::rule)
                .containsExactly(word);
    }

    @Test
    void aFieldThatOrdersKeepsItsFormat() {
        JsonNode before = json("{\"x-order\": \"/f\", \"properties\": {\"f\": {\"type\": \"string\", \"format\": \"date-time\"}}}");
        JsonNode after = json("{\"x-order\": \"/f\", \"properties\": {\"f\": {\"type\": \"string\"}}}");

        assertThat(Compatibility.between(before, after).findings()).extracting(Compatibility.Finding::rule)
                .containsExactly("x-order");
    }

    @Test
    void findsEveryFieldAndGuessesARenaming() {
        JsonNode before = json("""
                {"properties": {"a": {"type": "string", "maxLength": 7}, "b": {"$ref": "#/$defs/n"}, "c": {"$ref": "#/$defs/n"}},
                 "$defs": {"n": {"type": "integer", "maximum": 9}}}""");
        JsonNode after = json("""
                {"properties": {"aa": {"type": "string", "maxLength": 7}, "b": {"$ref": "#/$defs/n"}, "c": {"$ref": "#/$defs/n"}},
                 "$defs": {"n": {"type": "integer", "maximum": 8}}}""");

        assertThat(Compatibility.between(before, after).sentence()).isEqualTo(
                "/a was removed (renamed to aa?). /b must have maximum 8 now. /c must have maximum 8 now.");
    }

    @Test
    void aSchemaThatContainsItselfIsComparedOnce() {
        JsonNode before = json("""
                {"properties": {"kin": {"$ref": "#"}, "name": {"type": "string"}}}""");
        JsonNode after = json("""
                {"properties": {"kin": {"$ref": "#"}, "name": {"type": "string", "minLength": 2}}}""");

        assertThat(Compatibility.between(before, before).compatible()).isTrue();
        assertThat(Compatibility.between(before, after).findings()).extracting(Compatibility.Finding::field)
                .contains("/name");
    }

    private static JsonNode schema(String field, String definition) {
        return json("{\"type\": \"object\", \"x-key\": [\"/f\"], \"properties\": {\"f\": " + field + "}, \"$defs\": {\""
                + definition + "\": {\"type\": \"string\", \"maxLength\": 9}}}");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
