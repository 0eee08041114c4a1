package org.yuzui.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.contracts.Visits.json;
import static org.yuzui.contracts.Visits.minimal;

/** What a record has to be, and what is found in it. */
class RecordCheckTest {

    private final Contract visit = Visits.contract();

    @Test
    void findsKeyUnitDayOrderAndIndex() {
        CheckedRecord record = visit.check(json("""
                {"facility": "H510104", "number": "A|1\\\\", "unit": "510104-H01", "ward": "内科", "open": true,
                 "admittedAt": "2026-11-21T17:30:00Z", "sentAt": "2026-11-22T09:00:00.5+08:00", "stay": {"bed": "12"}}"""));

        assertThat(record.contract()).isEqualTo("his.visit.v1");
        assertThat(record.key()).isEqualTo("H510104|A\\|1\\\\");
        assertThat(record.unit()).isEqualTo("510104-H01");
        assertThat(record.day()).as("in the hub's zone").isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(record.order()).isEqualTo("2026-11-22T01:00:00.500000000Z");
        assertThat(record.index()).containsExactly(Map.entry("ward", "内科"), Map.entry("stay.bed", "12"),
                Map.entry("open", "true"));
        assertThat(record.id().version()).isEqualTo(8);
        assertThat(record.id().variant()).isEqualTo(2);
    }

    @Test
    void leavesOutWhatTheRecordLacks() {
        CheckedRecord record = visit.check(minimal());

        assertThat(record.unit()).isNull();
        assertThat(record.order()).isNull();
        assertThat(record.index()).isEmpty();
    }

    @Test
    void keepsTheValueOfAPersonalIndexFieldApartFromWhatIsWritten() {
        ObjectNode given = minimal();
        given.set("patient", json("{\"idNumber\": \"510104199001010019\"}"));

        CheckedRecord record = visit.check(given);

        assertThat(visit.indexFields()).containsExactly("ward", "stay.bed", "open");
        assertThat(visit.personalIndexFields()).containsExactly("patient.idNumber");
        assertThat(record.index()).isEmpty();
        assertThat(record.personal()).containsExactly(Map.entry("patient.idNumber", "510104199001010019"));
        assertThat(new String(record.bytes(), StandardCharsets.UTF_8)).doesNotContain("510104199001010019");
        assertThat(record).hasToString(record.contract() + " " + record.key() + " " + record.id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "{\"number\": null};                       /number;         type",
            "{\"unit\": \"51\"};                       /unit;           pattern",
            "{\"admittedAt\": \"2026-02-30T00:00:00Z\"}; /admittedAt;   format",
            "{\"admittedAt\": \"2026-02-20T00:00:00\"}; /admittedAt;    format",
            "{\"colour\": 1};                          /colour;         additionalProperties",
            "{\"a/b\": 1};                             /a~1b;           additionalProperties",
            "{\"kind\": \"other\"};                    /kind;           enum",
            "{\"cost\": -1};                           /cost;           minimum",
            "{\"cost\": \"1\"};                        /cost;           type",
            "{\"number\": \" \"};                      /number;         x-key",
            "{\"ward\": \"a\\u0000\"};                 /ward;           text",
            "{\"ward\": \"\\ud83d\"};                  /ward;           text",
            "{\"patient\": {\"name\": 5}};             /patient/name;   type",
    })
    void saysWhereAndHowARecordBreaksItsContract(String change, String pointer, String rule) {
        ObjectNode record = minimal();
        record.setAll((ObjectNode) json(change));

        assertThat(violations(record)).singleElement().satisfies(v -> {
            assertThat(v.pointer()).isEqualTo(pointer);
            assertThat(v.rule()).isEqualTo(rule);
            assertThat(v.message()).isNotBlank();
        });
    }

    @Test
    void namesEveryViolationAndNeverAValue() {
        ObjectNode record = (ObjectNode) json("""
                {"facility": 17171, "unit": "zzsecretzz", "sentAt": "zzsecretzz", "kind": "zzsecretzz", "cost": -99887,
                 "patient": {"name": {"first": "zzsecretzz"}}, "notes": "zzsecretzz", "visitors": ["zzsecretzz"]}""");

        List<Violation> violations = violations(record);

        assertThat(violations).extracting(Violation::pointer).contains("/facility", "/number", "/admittedAt", "/unit",
                "/sentAt", "/kind", "/cost", "/patient/name", "/notes", "/visitors/0");
        assertThat(catchThrowableOfType(ContractViolationException.class, () -> visit.check(record)))
                .hasMessageNotContainingAny("zzsecretzz", "99887", "17171").hasMessageContaining("/number is missing.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"a\""})
    void refusesWhatIsNoObject(String text) {
        assertThat(violations(json(text))).singleElement().extracting(Violation::rule).isEqualTo("type");
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThat(violations(minimal().put("cost", Double.NaN))).extracting(Violation::rule).containsExactly("number");
        assertThat(violations(minimal().put("cost", Float.POSITIVE_INFINITY))).extracting(Violation::rule)
                .containsExactly("number");
        assertThat(violations(minimal().put("cost", new BigDecimal("1e999999")))).extracting(Violation::rule)
                .containsExactly("number");
        assertThat(violations(minimal().putPOJO("cost", new Object()))).extracting(Violation::rule).containsExactly("type");
        assertThat(violations(minimal().put("ward", new byte[3]))).extracting(Violation::rule).containsExactly("type");
    }

    @Test
    void refusesARecordThatIsTooDeepWithoutFallingOver() {
        JsonNode deep = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 100_000; i++) {
            deep = JsonNodeFactory.instance.objectNode().set("kin", deep);
        }
        assertThat(violations(minimal().set("patient", deep))).singleElement().extracting(Violation::rule).isEqualTo("depth");
    }

    @Test
    void limitsHowMuchItSays() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 5000; i++) {
            list.add(i);
        }
        assertThat(violations(minimal().set("notes", list))).hasSize(101);
    }

    @Test
    void refusesKeysTooLongToIndex() {
        assertThat(violations(minimal().put("number", "9".repeat(513)))).extracting(Violation::rule).contains("length");
        assertThat(violations(minimal().put("facility", "9".repeat(400)).put("number", "9".repeat(400))))
                .extracting(Violation::rule).containsExactly("x-key");
    }

    private List<Violation> violations(JsonNode record) {
        ContractViolationException e = catchThrowableOfType(ContractViolationException.class, () -> visit.check(record));
        assertThat(e).as("refused").isNotNull();
        return e.violations();
    }
}
