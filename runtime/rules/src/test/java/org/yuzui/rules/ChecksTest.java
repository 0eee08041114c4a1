package org.yuzui.rules;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.GivenPlugin;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.rules.RecordChecks.Broken;

import java.time.Clock;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The {@code x-rules} of a contract: what they refuse, and what is refused of them. */
class ChecksTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String ID = "fleet.trip.v1";
    private final Rules rules = new Rules(Clock.systemUTC());

    static String contract(String... checks) {
        return """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "type": "object",
                  "required": ["车牌", "出车", "里程"],
                  "properties": {
                    "车牌": {"type": "string"},
                    "出车": {"type": "string", "format": "date"},
                    "还车": {"type": ["string", "null"], "format": "date"},
                    "里程": {"type": "number"},
                    "登记": {"type": "string", "format": "date-time"},
                    "司机": {"$ref": "#/$defs/person"},
                    "费用": {"type": "array", "items": {"type": "object", "properties": {"金额": {"type": "number"}, "项目": {"type": "string"}}}},
                    "杂项": {},
                    "plate-no": {"type": "string"}
                  },
                  "x-key": ["/车牌"],
                  "x-rules": [
                    %s
                  ],
                  "$defs": {"person": {"type": "object", "properties": {"姓名": {"type": "string", "x-sensitivity": "personal"}, "驾龄": {"type": "integer"}}}}
                }
                """.formatted(String.join(",\n    ", checks));
    }

    private static String check(String feel) {
        return "{\"id\": \"the-check\", \"check\": " + JSON.getNodeFactory().textNode(feel)
                + ", \"message\": {\"zh\": \"不对\", \"en\": \"wrong\"}}";
    }

    private RecordChecks checks(String... checks) throws Exception {
        String text = contract(checks);
        rules.deploy(GivenPlugin.of("fleet", "contracts/" + ID + ".schema.json", text));
        return rules.checks(ID, JSON.readTree(text)).orElseThrow();
    }

    private static JsonNode trip(String changes) throws Exception {
        ObjectNode trip = (ObjectNode) JSON.readTree("""
                {"车牌": "川A12345", "出车": "2026-10-01", "还车": "2026-10-02", "里程": 35.5,
                 "登记": "2026-10-02T09:00:00+08:00", "司机": {"姓名": "张三", "驾龄": 5},
                 "费用": [{"金额": 0.1, "项目": "停车"}, {"金额": 0.2, "项目": "过路"}]}""");
        JSON.readTree(changes).properties().forEach(e -> {
            if (e.getValue().isNull()) {
                trip.remove(e.getKey());
            } else {
                trip.set(e.getKey(), e.getValue());
            }
        });
        return trip;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "还车 = null or 还车 >= 出车                      | {}                          | true",
            "还车 = null or 还车 >= 出车                      | {\"还车\": \"2026-09-30\"}   | false",
            "还车 = null or 还车 >= 出车                      | {\"还车\": null}             | true",
            "还车 >= 出车                                    | {\"还车\": null}             | false",
            "sum(费用.金额) = 0.3                            | {}                          | true",
            "sum(费用.金额) = 0.3                            | {\"费用\": null}             | false",
            "every f in 费用 satisfies f.金额 > 0             | {}                          | true",
            "every f in 费用 satisfies f.金额 > 0.1           | {}                          | false",
            "count(费用[金额 > 0.15]) = 1                     | {}                          | true",
            "司机.驾龄 >= 3                                  | {}                          | true",
            "司机.驾龄 >= 3                                  | {\"司机\": {}}               | false",
            "司机.驾龄 >= 3                                  | {\"司机\": null}             | false",
            "matches(车牌, \"^川[A-Z][0-9A-Z]{5}$\")          | {}                          | true",
            "matches(车牌, \"^川[A-Z][0-9A-Z]{5}$\")          | {\"车牌\": \"京A1\"}         | false",
            "matches(车牌, \"^川a\", \"i\")                   | {}                          | true",
            "matches(车牌, \"(\")                           | {}                          | false",
            "replace(车牌, \"([A-Z])(\\d+)\", \"$1·$2\") = \"川A·12345\" | {}                 | true",
            "matches(车牌, \"x\") or true                   | {\"车牌\": \"') or doc('file:///etc/passwd'), ('\"} | true",
            "date(登记) >= 出车                               | {}                          | true",
            "登记 >= date and time(\"2026-10-02T01:00:01Z\")  | {}                          | false",
            "(里程 in [1..100]) and 里程 between 1 and 100     | {}                          | true",
            "里程 / (里程 - 35.5) > 0                         | {}                          | false",
            "(还车 - 出车).days <= 1                          | {}                          | true",
            "车牌 in (\"川A12345\", \"川A1\")                  | {}                          | true",
            "if 里程 > 30 then 司机 != null else true          | {\"司机\": null}             | false"})
    void aRecordPassesOnlyWhatSaysTrue(String feel, String changes, boolean passes) throws Exception {
        List<Broken> broken = checks(check(feel)).broken(trip(changes));

        assertThat(broken.isEmpty()).isEqualTo(passes);
        broken.forEach(b -> assertThat(b.id()).isEqualTo("the-check"));
    }

    @Test
    void saysEveryBrokenCheckInItsOrder() throws Exception {
        RecordChecks checks = checks("{\"id\": \"far\", \"check\": \"里程 < 10\", \"message\": {\"zh\": \"太远\"}, \"severity\": \"warn\"}",
                "{\"id\": \"ok\", \"check\": \"里程 > 0\", \"message\": \"x\"}",
                "{\"id\": \"young\", \"check\": \"司机.驾龄 > 9\", \"message\": {\"zh\": \"驾龄短\", \"en\": \"inexperienced\"}}");

        assertThat(checks.broken(trip("{}"))).extracting(Broken::id, b -> b.message().en(), Broken::refuses).containsExactly(
                org.assertj.core.groups.Tuple.tuple("far", "太远", false),
                org.assertj.core.groups.Tuple.tuple("young", "inexperienced", true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "里成 > 0                          | unknown-field | '里程'",
            "司机.年龄 > 0                      | unknown-field | '驾龄'",
            "every f in 费用 satisfies f.数 > 0 | unknown-field | 金额",
            "count(费用[数额 > 0]) = 0          | unknown-field | 数额",
            "费用[1].金 > 0                     | unknown-field | '金额'",
            "里程 > \"3\"                       | wrong-type    | number",
            "车牌 > 3                          | wrong-type    | string",
            "出车 < 登记                        | wrong-type    | date and time",
            "里程 in [\"a\"..\"b\"]             | wrong-type    | number",
            "里程 in [1..9] and 里程 > 3         | bad-feel      | parentheses",
            "里程 between \"1\" and \"2\"       | wrong-type    | string",
            "车牌 * 2 = 4                      | wrong-type    | calculates",
            "车牌 and true                     | wrong-type    | true or false",
            "车牌.长度 = 3                      | wrong-type    | '长度'",
            "里程                               | wrong-type    | condition",
            "杂项 = 3                          | untyped-field | 杂项",
            "出车 <= today()                   | impure-rule   | clock",
            "1 < 2                            | empty-check   | no field",
            "里程 >                             | bad-feel      | FEEL",
            "长(车牌) = 3                       | unknown-field | 长"})
    void namesThePlaceOfACheckThatCannotBeRight(String feel, String code, String said) {
        Problem problem = refusal(check(feel));

        assertThat(problem.sentence()).contains(said);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.place()).startsWith("contracts/" + ID + ".schema.json:18").contains("x-rules.0.check");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"id\": \"a\", \"chek\": \"里程 > 0\", \"message\": \"x\"}                           | unknown-key | 'check'",
            "{\"id\": \"A\", \"check\": \"里程 > 0\", \"message\": \"x\"}                          | bad-rule-id | kebab",
            "{\"id\": \"a\", \"check\": \"里程 > 0\"}                                            | missing-key | message",
            "{\"id\": \"a\", \"message\": \"x\"}                                                | missing-key | check",
            "{\"id\": \"a\", \"check\": \"里程 > 0\", \"message\": \"x\", \"severity\": \"warning\"} | bad-severity | warn",
            "7                                                                                | wrong-type  | object",
            "{\"id\": \"a\", \"check\": \"里程 > 0\", \"message\": \"x\"}, {\"id\": \"a\", \"check\": \"里程 > 1\", \"message\": \"x\"} | duplicate-rule | two"})
    void namesWhatIsWrongWithTheFormOfACheck(String check, String code, String said) {
        Problem problem = refusal(check);

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.sentence()).contains(said);
    }

    @Test
    void aFieldMayHaveAHyphenInItsName() throws Exception {
        assertThat(checks(check("plate-no = null")).broken(trip("{}"))).isEmpty();
    }

    @Test
    void eachVersionOfAContractHasItsOwnChecks() throws Exception {
        String old = contract(check("里程 > 0"));
        String next = contract(check("里程 > 100"));
        Deployment first = rules.deploy(GivenPlugin.of("fleet", "contracts/" + ID + ".schema.json", old));
        Deployment second = rules.deploy(GivenPlugin.of("fleet", "contracts/" + ID + ".schema.json", next));

        assertThat(rules.checks(ID, JSON.readTree(old)).orElseThrow().broken(trip("{}"))).isEmpty();
        assertThat(rules.checks(ID, JSON.readTree(next)).orElseThrow().broken(trip("{}"))).hasSize(1);
        first.close();
        assertThat(rules.checks(ID, JSON.readTree(old))).isEmpty();
        second.close();
        assertThat(rules.checks(ID, JSON.readTree(next))).isEmpty();
    }

    private Problem refusal(String check) {
        PluginException e = catchThrowableOfType(PluginException.class,
                () -> rules.deploy(GivenPlugin.of("fleet", "contracts/" + ID + ".schema.json", contract(check))));
        assertThat(e).as("refused").isNotNull();
        return e.problem();
    }
}
