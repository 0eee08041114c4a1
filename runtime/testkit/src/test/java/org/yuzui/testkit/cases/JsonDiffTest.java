package org.yuzui.testkit.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class JsonDiffTest {

    private static JsonNode json(String text) {
        try {
            return CaseFile.JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void theOrderOfKeysAndTheShapeOfNumbersDoNotMatter() {
        assertThat(JsonDiff.same(json("{'a': 1.0, 'b': [1, 2]}"), json("{'b': [1, 2], 'a': 1}"))).isTrue();
        assertThat(JsonDiff.same(json("{'a': 1}"), json("{'a': '1'}"))).isFalse();
        assertThat(JsonDiff.same(json("[1, 2]"), json("[2, 1]"))).isFalse();
    }

    @Test
    void partOfARecordIsEnoughWhereTheCaseSaysSo() {
        assertThat(JsonDiff.contains(json("{'a': {'b': 1}}"), json("{'a': {'b': 1, 'c': 2}, 'd': 3}"))).isTrue();
        assertThat(JsonDiff.contains(json("{'a': {'b': 1}}"), json("{'a': {'b': 2}}"))).isFalse();
        assertThat(JsonDiff.contains(json("[{'a': 1}]"), json("[{'a': 1}, {'a': 2}]"))).isFalse();
    }

    @Test
    void onlyTheLinesNearAChangeAreShown() {
        assertThat(JsonDiff.lines(json("{'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5, 'f': 6, 'g': 7}"),
                json("{'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5, 'f': 6, 'g': 8}"))).containsExactly("@@",
                "   \"d\" : 4,", "   \"e\" : 5,", "   \"f\" : 6,", "-  \"g\" : 7", "+  \"g\" : 8", " }");
    }

    @Test
    void recordsAreComparedWhateverTheirOrder() {
        List<JsonNode> expected = List.of(json("{'k': 1}"), json("{'k': 2}"));
        assertThat(JsonDiff.records("a.b.v1", expected, List.of(json("{'k': 2}"), json("{'k': 1}")), false)).isEmpty();
        assertThat(JsonDiff.records("a.b.v1", expected, List.of(json("{'k': 2}")), false))
                .contains("Missing: a a.b.v1 that was expected.", "-  \"k\" : 1");
        assertThat(JsonDiff.records("a.b.v1", List.of(), List.of(json("{'k': 3}")), false))
                .contains("Not expected: a a.b.v1.", "+  \"k\" : 3");
    }
}
