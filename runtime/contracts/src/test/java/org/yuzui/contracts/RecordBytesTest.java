package org.yuzui.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.contracts.Visits.contract;
import static org.yuzui.contracts.Visits.json;
import static org.yuzui.contracts.Visits.minimal;

/** The same content is the same bytes, the same id and the same place in an order, however it is written. */
class RecordBytesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contract visit = Visits.contract();

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
                contract("his.visit.v2", Visits.SCHEMA).check(record).id(),
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
}
