package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.GivenPlugin;
import org.yuzui.kernel.ProblemException;
import org.yuzui.rules.Decision.Fired;
import org.yuzui.spi.RefusedException;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a rule says, and what it won't guess. */
class DecisionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-10-01T02:00:00Z");
    private static Rules rules;

    @BeforeAll
    static void deploy() {
        rules = new Rules(Clock.fixed(NOW, ZoneOffset.UTC));
        rules.deploy(new GivenPlugin("fleet", Map.of(
                "rules/vehicle-use.dmn", Resource.text("rules/vehicle-use.dmn"),
                "rules/fees.dmn", Resource.text("rules/fees.dmn")))).start();
    }

    private static ObjectNode trip(boolean dayOff, String order) throws Exception {
        ObjectNode input = (ObjectNode) JSON.readTree("""
                {"行程": {"日期": "2026-10-01", "里程": 35.5}, "休息日": false, "司机": "不在规则里"}""");
        input.put("休息日", dayOff);
        if (order != null) {
            ((ObjectNode) input.get("行程")).put("派车单", order);
        }
        return input;
    }

    private static JsonNode fees(String changes) throws Exception {
        ObjectNode fees = (ObjectNode) JSON.readTree("""
                {"清单": [{"金额": 0.1, "日期": "2026-09-30"}, {"金额": 1200.20, "日期": "2026-10-02"}], "级别": "高"}""");
        fees.setAll((ObjectNode) JSON.readTree(changes));
        return fees;
    }

    @Test
    void saysWhatItDecidedAndWhichRowsFired() throws Exception {
        Decision decision = rules.evaluate("fleet/vehicle-use", trip(true, null));

        assertThat(decision.outputs()).isEqualTo(JSON.readTree("{\"有派车单\": false, \"结论\": \"疑似公车私用\"}"));
        assertThat(decision.fired()).containsExactly(new Fired("结论", List.of(1), List.of(1)));
        assertThat(decision.at()).isEqualTo(NOW);
        assertThat(decision.rule()).isEqualTo("fleet/vehicle-use");
        assertThat(rules.evaluate("fleet/vehicle-use", trip(true, "派〔2026〕7号")).outputs().get("结论").asText()).isEqualTo("正常");
        assertThat(rules.evaluate("fleet/vehicle-use", trip(false, null)).fired().get(0).matched()).containsExactly(3);
    }

    @Test
    void takesValuesOfJavaToo() {
        Map<String, Object> trip = Map.of("日期", LocalDate.of(2026, 10, 1), "里程", new BigDecimal("35.5"));
        Map<String, Object> input = new HashMap<>(Map.of("行程", trip, "休息日", true));

        assertThat(rules.evaluate("fleet/vehicle-use", input).outputs().get("结论").asText()).isEqualTo("疑似公车私用");
    }

    @Test
    void numbersStayDecimalAndDatesAreDates() throws Exception {
        Decision decision = rules.evaluate("fleet/fees", fees("{}"));

        assertThat(decision.outputs().get("合计").decimalValue()).isEqualByComparingTo("1200.3");
        assertThat(decision.outputs().get("天数").decimalValue()).isEqualByComparingTo("3");
        assertThat(rules.evaluate("fleet/fees", fees("{\"起始\": \"2026-01-01T00:00:00+08:00\"}")).outputs().get("已起始").booleanValue())
                .isTrue();
        assertThat(rules.evaluate("fleet/fees", fees("{\"起始\": \"2025-12-31T15:59:59Z\"}")).outputs().get("已起始").booleanValue())
                .isFalse();
    }

    @Test
    void theHitPolicySaysWhichRowsCount() throws Exception {
        Decision decision = rules.evaluate("fleet/fees", fees("{}"));

        assertThat(decision.outputs().get("扣分").decimalValue()).isEqualByComparingTo("3.75");
        assertThat(decision.outputs().get("提示")).isEqualTo(JSON.readTree("[\"超百\", \"超千\"]"));
        assertThat(decision.outputs().get("风险").asText()).isEqualTo("高");
        assertThat(decision.fired()).contains(new Fired("扣分", List.of(1, 2), List.of(1, 2)),
                new Fired("风险", List.of(1, 2, 3), List.of(3)));
    }

    @Test
    void aTableWithoutAMatchSaysNull() throws Exception {
        Decision decision = rules.evaluate("fleet/fees", fees("{\"清单\": [{\"金额\": 1, \"日期\": \"2026-09-30\"}]}"));

        assertThat(decision.outputs().get("提示")).isEqualTo(JSON.createArrayNode());
        assertThat(decision.outputs().get("扣分").isNull()).isTrue();
        assertThat(decision.fired()).contains(new Fired("提示", List.of(), List.of()));
        assertThat(decision.outputs().get("风险").asText()).isEqualTo("低");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"行程\": {\"日期\": \"2026-10-01\", \"里程\": 1}}                                     | missing-input | 休息日",
            "{\"行程\": {\"日期\": \"2026-10-01\", \"里程\": 1}, \"休息日\": null}                   | missing-input | 休息日",
            "{\"行程\": null, \"休息日\": true}                                                     | missing-input | 行程",
            "{\"行程\": {\"日期\": \"2026-10-01\"}, \"休息日\": true}                                | missing-input | 行程.里程",
            "{\"行程\": {\"日期\": \"2026-10-01\", \"里程\": \"1\"}, \"休息日\": true}               | wrong-input   | 行程.里程",
            "{\"行程\": {\"日期\": \"2026-13-01\", \"里程\": 1}, \"休息日\": true}                   | wrong-input   | 行程.日期",
            "{\"行程\": {\"日期\": \"2026-10-01\", \"里程\": 1}, \"休息日\": \"true\"}               | wrong-input   | 休息日",
            "{\"行程\": \"x\", \"休息日\": true}                                                    | wrong-input   | 行程"})
    void guessesNoInput(String input, String code, String place) throws Exception {
        JsonNode json = JSON.readTree(input);
        assertThatThrownBy(() -> rules.evaluate("fleet/vehicle-use", json)).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.place()).isEqualTo(place);
            assertThat(e.getMessage()).contains(place).contains("rule fleet/vehicle-use").doesNotContain("2026");
        });
    }

    @Test
    void aValueThatIsNotAllowedIsSaidWithoutTheValue() throws Exception {
        JsonNode wrong = fees("{\"级别\": \"张三\"}");
        assertThatThrownBy(() -> rules.evaluate("fleet/fees", wrong)).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.code()).isEqualTo("wrong-input");
            assertThat(e.place()).isEqualTo("级别");
            assertThat(e.getMessage()).doesNotContain("张三");
        });
    }

    @Test
    void oneDecisionAsksOnlyForWhatItNeeds() throws Exception {
        Rule rule = rules.require("fleet/vehicle-use");
        JsonNode onlyTrip = JSON.readTree("{\"行程\": {\"日期\": \"2026-10-01\", \"里程\": 1}}");

        assertThat(rule.decide(onlyTrip, "有派车单").outputs()).isEqualTo(JSON.readTree("{\"有派车单\": false}"));
        assertThatThrownBy(() -> rule.decide(onlyTrip, "有派车")).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.code()).isEqualTo("unknown-decision");
            assertThat(e.getMessage()).contains("有派车单");
        });
    }

    @Test
    void namesTheNearestRule() {
        assertThatThrownBy(() -> rules.require("fleet/vehicle-us")).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().cure()).contains("fleet/vehicle-use"));
    }

    @Test
    void showsItsTablesAsText() {
        Rule rule = rules.require("fleet/vehicle-use");

        assertThat(rule.title().zh()).isEqualTo("公务用车检查");
        assertThat(rule.decisions()).containsExactly("有派车单", "结论");
        assertThat(rule.inputs()).containsExactly(new RuleInput("行程", "行程类型", false), new RuleInput("休息日", "boolean", false));
        assertThat(rule.findings()).isEmpty();
        assertThat(rule.tables()).singleElement().satisfies(t -> {
            assertThat(t.hitPolicy()).isEqualTo("UNIQUE");
            assertThat(t.inputs()).extracting(c -> c.title().zh()).containsExactly("休息日", "有派车单");
            assertThat(t.outputs()).extracting(c -> c.title().zh()).containsExactly("结论");
            assertThat(t.rows()).hasSize(3).first().isEqualTo(
                    new DecisionTable.Row(List.of("true", "false"), List.of("\"疑似公车私用\""), "节假日封存"));
        });
        assertThat(rules.require("fleet/fees").tables()).extracting(DecisionTable::hitPolicy)
                .containsExactly("COLLECT SUM", "COLLECT", "PRIORITY");
    }

    @Test
    void manyThreadsGetTheirOwnAnswers() throws Exception {
        Rule rule = rules.require("fleet/vehicle-use");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                boolean dayOff = t % 2 == 0;
                ObjectNode input = trip(dayOff, null);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 1000; i++) {
                        Decision d = rule.decide(input);
                        if (!d.outputs().get("结论").asText().equals(dayOff ? "疑似公车私用" : "正常")
                                || !d.fired().equals(List.of(new Fired("结论", List.of(dayOff ? 1 : 3), List.of(dayOff ? 1 : 3))))) {
                            return false;
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
