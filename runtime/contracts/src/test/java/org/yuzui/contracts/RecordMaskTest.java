package org.yuzui.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.contracts.Visits.contract;
import static org.yuzui.contracts.Visits.json;
import static org.yuzui.contracts.Visits.minimal;

/** What is personal in a record is masked in what is written of it. */
class RecordMaskTest {

    private final Contract visit = Visits.contract();

    @Test
    void masksNestedObjectsArraysReferencesAndUnnamedFields() {
        ObjectNode given = minimal();
        given.set("patient", json("""
                {"name": "测试一号", "idNumber": "510104199001010019", "address": "成都市", "sex": "F",
                 "kin": {"name": "测试二号", "kin": {"name": "测试三号"}}}"""));
        given.set("visitors", json("[{\"name\": \"王五\"}, {\"address\": \"\"}]"));
        given.set("notes", json("[\"a\", \"b\"]"));
        given.set("attributes", json("{\"phone\": \"13800001234\"}"));

        CheckedRecord record = visit.check(given);

        assertThat(record.body().get("patient")).isEqualTo(json("""
                {"address": "***", "idNumber": "510104************", "kin": {"kin": {"name": "测***"}, "name": "测***"},
                 "name": "测***", "sex": "F"}"""));
        assertThat(record.body().get("visitors")).isEqualTo(json("[{\"name\": \"王*\"}, {\"address\": \"\"}]"));
        assertThat(record.body().get("notes")).isEqualTo(json("[\"***\", \"***\"]"));
        assertThat(record.body().get("attributes")).isEqualTo(json("{\"phone\": \"***\"}"));
        assertThat(new String(record.bytes(), StandardCharsets.UTF_8)).doesNotContain("一号", "0019", "成都", "1380000");
        assertThat(given.at("/patient/name").asText()).as("the given record stays as it was").isEqualTo("测试一号");
    }

    @Test
    void masksWhicheverBranchSaysSo() {
        Contract contract = contract("a.b.v1", """
                {"type": "object", "x-key": ["/id"], "required": ["id"],
                 "properties": {"id": {"type": "integer"},
                   "who": {"anyOf": [{"type": "integer"}, {"type": "string", "x-sensitivity": "personal", "x-mask": "name"}]},
                   "person": {"type": "object", "x-sensitivity": "personal",
                              "properties": {"phone": {"type": "string", "x-mask": "phone"}}}},
                 "patternProperties": {"^tel": {"x-sensitivity": "personal"}},
                 "allOf": [{"properties": {"who": {"x-sensitivity": "public"}}}]}""");

        CheckedRecord record = contract.check(json("""
                {"id": 1, "who": "测试一号", "telHome": 8612345, "person": {"phone": "13800001234", "age": 7, "up": [true, null]}}"""));

        assertThat(record.body()).isEqualTo(json("""
                {"id": 1, "who": "测***", "telHome": "***",
                 "person": {"phone": "*******1234", "age": "***", "up": ["***", null]}}"""));
    }

    @Test
    void aContentThatBreaksTheContractIsShownWithNothingThatTheContractDoesNotName() {
        JsonNode broken = json("""
                {"number": "V-1", "ward": {"nurse": "测试三号"}, "cost": -3, "patinet": {"name": "测试一号"},
                 "patient": {"name": "测试一号", "sex": "F", "weight": 61, "kin": {"idNumber": "510104199001010019"}},
                 "visitors": [{"name": "测试二号"}, "测试四号"], "notes": ["a"], "attributes": {"height": 170}}""");

        MaskedBody shown = visit.mask(broken);

        assertThat(shown.body()).isEqualTo(json("""
                {"number": "V-1", "ward": {"nurse": "***"}, "cost": -3, "patinet": {"name": "***"},
                 "patient": {"name": "测***", "sex": "F", "weight": "***", "kin": {"idNumber": "510104************"}},
                 "visitors": [{"name": "测***"}, "***"], "notes": ["***"], "attributes": {"height": "***"}}"""));
        assertThat(shown.fields()).containsExactly("/attributes/height", "/notes/0", "/patient/kin/idNumber", "/patient/name",
                "/patient/weight", "/patinet/name", "/visitors/0/name", "/visitors/1",
                "/ward/nurse");
        assertThat(visit.mask(shown.body()).body()).isEqualTo(shown.body());
    }

    @Test
    void saysWhatIsMaskedInARecord() {
        CheckedRecord record = visit.check(json("""
                {"facility": "H1", "number": "V-1", "admittedAt": "2026-03-01T08:00:00+08:00", "notes": ["a", "b"],
                 "patient": {"name": "测试一号", "sex": "F"}}"""));

        assertThat(visit.maskedFields(record.body())).containsExactly("/notes/0", "/notes/1", "/patient/name");
    }
}
