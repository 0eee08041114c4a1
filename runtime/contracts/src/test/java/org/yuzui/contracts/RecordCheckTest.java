package org.yuzui.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RecordCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VISIT = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "x-title": {"zh": "就诊", "en": "Visit"},
              "type": "object",
              "x-key": ["/facility", "/number"],
              "x-unit": "/unit",
              "x-date": "/admittedAt",
              "x-order": "/sentAt",
              "x-index": ["/ward", "/stay/bed", "/open", "/patient/idNumber"],
              "required": ["facility", "number", "admittedAt"],
              "additionalProperties": false,
              "properties": {
                "facility": {"type": "string", "maxLength": 400},
                "number": {"type": "string"},
                "unit": {"type": "string", "pattern": "^[0-9]{6}(-[A-Z0-9]+)?$"},
                "admittedAt": {"type": "string", "format": "date-time"},
                "sentAt": {"type": "string", "format": "date-time"},
                "ward": {"type": "string"},
                "open": {"type": "boolean"},
                "kind": {"enum": ["inpatient", "outpatient"]},
                "cost": {"type": "number", "minimum": 0},
                "patient": {"$ref": "#/$defs/person"},
                "stay": {"type": "object", "properties": {"bed": {"type": "string"}}},
                "visitors": {"type": "array", "items": {"$ref": "#/$defs/person"}},
                "notes": {"type": "array", "items": {"type": "string"}, "x-sensitivity": "secret"},
                "attributes": {"type": "object", "additionalProperties": {"type": "string", "x-sensitivity": "personal"}}
              },
              "$defs": {
                "person": {
                  "type": "object",
                  "properties": {
                    "name": {"type": "string", "x-sensitivity": "personal", "x-mask": "name"},
                    "idNumber": {"type": "string", "x-sensitivity": "personal", "x-mask": "id-number"},
                    "address": {"type": "string", "x-sensitivity": "personal"},
                    "kin": {"$ref": "#/$defs/person"},
                    "sex": {"type": "string"}
                  }
                }
              }
            }""";

    private final Contract visit = contract("his.visit.v1", VISIT);

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
        assertThat(new String(record.bytes(), java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("510104199001010019");
        assertThat(record).hasToString(record.contract() + " " + record.key() + " " + record.id());
    }

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

    @Test
    void theSameContentHasTheSameBytesAndIdHoweverItIsWritten() {
        CheckedRecord one = visit.check(json("""
                {"facility": "H1", "number": "1", "admittedAt": "2026-11-22T08:00:00+08:00", "cost": 1.0, "ward": "A\\u0042"}"""));
        CheckedRecord two = visit.check(json("""
                {"ward":"AB","cost":1e0,"number":"1","facility":"H1","admittedAt":"2026-11-22T08:00:00+08:00"}"""));

        assertThat(two.bytes()).isEqualTo(one.bytes());
        assertThat(two.id()).isEqualTo(one.id());
        assertThat(new String(one.bytes(), StandardCharsets.UTF_8)).isEqualTo("""
                {"admittedAt":"2026-11-22T08:00:00+08:00","cost":1,"facility":"H1","number":"1","ward":"AB"}""");
    }

    /** A record made of a number that was a double before is the record that it was. */
    @ParameterizedTest
    @ValueSource(strings = {"0.1", "12.5", "3808.98", "7617.960", "123456789012.34", "1E+2", "100.00", "1e-7"})
    void aDoubleAndADecimalOfTheSameNumberMakeTheSameRecord(String number) {
        CheckedRecord record = visit.check(minimal().put("cost", new BigDecimal(number)));

        assertThat(record.id()).isEqualTo(visit.check(minimal().put("cost", Double.parseDouble(number))).id());
        assertThat(new String(record.bytes(), StandardCharsets.UTF_8)).doesNotContainIgnoringCase("e-", "e+");
    }

    @Test
    void anotherContractKeyOrContentIsAnotherRecord() {
        ObjectNode record = minimal();
        assertThat(List.of(visit.check(record).id(),
                contract("his.visit.v2", VISIT).check(record).id(),
                visit.check(minimal().put("number", "2")).id(),
                visit.check(minimal().put("ward", "1")).id(),
                visit.check(minimal().put("facility", "H1|1").put("number", "")
                        .put("number", "x")).id())).doesNotHaveDuplicates();
    }

    @Test
    void canonicalTextReadsBackAsTheSameWhateverTheOrderOfKeys() throws Exception {
        Contract open = contract("a.b.v1", """
                {"type": "object", "x-key": ["/id"], "required": ["id"], "properties": {"id": {"type": "integer"}}}""");
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            ObjectNode given = (ObjectNode) random(random, 4, true);
            given.put("id", i);
            byte[] bytes = open.check(given).bytes();
            assertThat(open.check(JSON.readTree(bytes)).bytes()).as("case %d", i).isEqualTo(bytes);
            assertThat(open.check(shuffled(given, random)).bytes()).as("case %d", i).isEqualTo(bytes);
        }
    }

    @Test
    void numbersAreWrittenByTheirValue() {
        Map<JsonNode, String> table = Map.ofEntries(
                Map.entry(json("1"), "1"), Map.entry(json("1.0"), "1"), Map.entry(json("100"), "100"),
                Map.entry(json("1e2"), "100"), Map.entry(json("-0.0"), "0"), Map.entry(json("0.10"), "0.1"),
                Map.entry(json("1e30"), "1E+30"), Map.entry(json("2.5e-30"), "2.5E-30"),
                Map.entry(JSON.getNodeFactory().numberNode(BigInteger.TEN.pow(30)), "1E+30"),
                Map.entry(JSON.getNodeFactory().numberNode(new BigDecimal("1.50")), "1.5"),
                Map.entry(JSON.getNodeFactory().numberNode(0.1f), "0.1"),
                Map.entry(json("9007199254740993"), "9007199254740993"));
        Contract open = contract("a.b.v1", """
                {"type": "object", "x-key": ["/id"], "required": ["id"], "properties": {"id": {"type": "number"}}}""");
        table.forEach((number, text) -> assertThat(open.check(JSON.createObjectNode().set("id", number)).key())
                .isEqualTo(text));
    }

    @Test
    void orderOfTextIsOrderOfTime() {
        List<String> times = List.of("2025-12-31T23:59:59Z", "2026-01-01T08:00:00.000000001+08:00",
                "2026-01-01T00:00:01Z", "2026-01-01T07:00:00+05:00", "2026-01-01T03:00:00.999Z");
        assertThat(times.stream().map(t -> visit.check(minimal().put("sentAt", t)).order()).toList()).isSorted();
    }

    @Test
    void orderOfTextIsOrderOfNumbers() {
        Contract contract = contract("a.b.v1", """
                {"type": "object", "x-key": ["/id"], "x-order": "/n", "required": ["id", "n"],
                 "properties": {"id": {"type": "integer"}, "n": {"type": "number"}}}""");
        List<BigDecimal> numbers = new ArrayList<>(List.of(new BigDecimal("-1e19"), new BigDecimal("-2"),
                new BigDecimal("-0.5"), BigDecimal.ZERO, new BigDecimal("0.000000001"), BigDecimal.ONE,
                new BigDecimal("9"), BigDecimal.TEN, new BigDecimal("99999999999999999999")));
        assertThat(numbers.stream().map(n -> order(contract, n)).toList()).isSorted().doesNotHaveDuplicates();
        assertThatThrownBy(() -> order(contract, new BigDecimal("1e20"))).hasMessageContaining("/n");
    }

    private static String order(Contract contract, BigDecimal n) {
        return contract.check(JSON.createObjectNode().put("id", 1).put("n", n)).order();
    }

    private static JsonNode random(Random random, int depth, boolean object) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        int kind = object ? 0 : random.nextInt(depth > 0 ? 7 : 5) + 2;
        return switch (kind) {
            case 0, 7 -> {
                ObjectNode node = json.objectNode();
                for (int i = random.nextInt(6); i > 0; i--) {
                    node.set(text(random), random(random, depth - 1, false));
                }
                yield node;
            }
            case 8 -> {
                var node = json.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    node.add(random(random, depth - 1, false));
                }
                yield node;
            }
            case 2 -> json.numberNode(Double.longBitsToDouble(random.nextLong() & 0xBFEFFFFFFFFFFFFFL));
            case 3 -> json.numberNode(random.nextLong());
            case 4 -> json.booleanNode(random.nextBoolean());
            case 5 -> json.nullNode();
            default -> json.textNode(text(random));
        };
    }

    private static String text(Random random) {
        StringBuilder s = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = switch (random.nextInt(4)) {
                case 0 -> 1 + random.nextInt(0x7F);
                case 1 -> 0x80 + random.nextInt(0x780);
                case 2 -> 0x4E00 + random.nextInt(0x5000);
                default -> 0x1F300 + random.nextInt(0x300);
            };
            s.appendCodePoint(point);
        }
        return s.toString();
    }

    private static ObjectNode shuffled(ObjectNode node, Random random) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        Collections.shuffle(names, random);
        ObjectNode shuffled = JSON.createObjectNode();
        names.forEach(n -> shuffled.set(n, node.get(n).isObject() ? shuffled((ObjectNode) node.get(n), random) : node.get(n)));
        return shuffled;
    }

    private List<Violation> violations(JsonNode record) {
        ContractViolationException e = catchThrowableOfType(ContractViolationException.class, () -> visit.check(record));
        assertThat(e).as("refused").isNotNull();
        return e.violations();
    }

    private static ObjectNode minimal() {
        return (ObjectNode) json("{\"facility\": \"H1\", \"number\": \"1\", \"admittedAt\": \"2026-11-22T08:00:00+08:00\"}");
    }

    private static Contract contract(String id, String schema) {
        Contracts contracts = new Contracts(ZoneId.of("Asia/Shanghai"));
        contracts.deploy(GivenContracts.of("his", id, schema)).start();
        return contracts.require(id);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Test
    void aContentThatBreaksTheContractIsShownWithNothingThatTheContractDoesNotName() throws JsonProcessingException {
        JsonNode broken = JSON.readTree("""
                {"number": "V-1", "ward": {"nurse": "测试三号"}, "cost": -3, "patinet": {"name": "测试一号"},
                 "patient": {"name": "测试一号", "sex": "F", "weight": 61, "kin": {"idNumber": "510104199001010019"}},
                 "visitors": [{"name": "测试二号"}, "测试四号"], "notes": ["a"], "attributes": {"height": 170}}""");

        MaskedBody shown = visit.mask(broken);

        assertThat(shown.body()).isEqualTo(JSON.readTree("""
                {"number": "V-1", "ward": {"nurse": "***"}, "cost": -3, "patinet": {"name": "***"},
                 "patient": {"name": "测***", "sex": "F", "weight": "***", "kin": {"idNumber": "510104************"}},
                 "visitors": [{"name": "测***"}, "***"], "notes": ["***"], "attributes": {"height": "***"}}"""));
        assertThat(shown.fields()).containsExactly("/attributes/height", "/notes/0", "/patient/kin/idNumber", "/patient/name",
                "/patient/weight", "/patinet/name", "/visitors/0/name", "/visitors/1",
                "/ward/nurse");
        assertThat(visit.mask(shown.body()).body()).isEqualTo(shown.body());
    }

    @Test
    void saysWhatIsMaskedInARecord() throws JsonProcessingException {
        CheckedRecord record = visit.check(JSON.readTree("""
                {"facility": "H1", "number": "V-1", "admittedAt": "2026-03-01T08:00:00+08:00", "notes": ["a", "b"],
                 "patient": {"name": "测试一号", "sex": "F"}}"""));

        assertThat(visit.maskedFields(record.body())).containsExactly("/notes/0", "/notes/1", "/patient/name");
    }
}
