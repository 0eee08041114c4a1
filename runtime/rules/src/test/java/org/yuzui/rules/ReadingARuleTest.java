package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuzui.kernel.GivenPlugin;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.SettableClock;
import org.yuzui.kernel.Title;
import org.yuzui.rules.RuleModel.Element;
import org.yuzui.rules.RuleModel.Kind;
import org.yuzui.rules.Trial.TriedRow;
import org.yuzui.spi.RefusedException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What somebody sees of a rule: its model, what it decided, and what it would decide. */
class ReadingARuleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-10-01T04:00:00Z");
    private static final UUID FLOW = UUID.fromString("018f0000-0000-7000-8000-000000000001");

    private final SettableClock clock = new SettableClock(NOON, ZoneId.of("Asia/Shanghai"));
    private final Rules rules = new Rules(clock);
    private Rule trips;
    private Rule fees;

    @BeforeEach
    void deploy() {
        trips = deployed("vehicle-use", Resource.text("rules/vehicle-use.dmn"));
        fees = deployed("fees", Resource.text("rules/fees.dmn"));
    }

    @Test
    void aModelTellsWhatStandsOnWhat() {
        assertThat(trips.model().elements()).extracting(Element::kind, Element::name)
                .map(t -> t.toList().get(0) + " " + t.toList().get(1))
                .containsExactly("INPUT 行程", "INPUT 休息日", "DECISION 有派车单", "DECISION 结论");
        Element verdict = trips.model().elements().get(3);
        assertThat(verdict.needs()).containsExactly("休息日", "有派车单");
        assertThat(verdict.type()).isEqualTo("string");
        assertThat(verdict.logic()).singleElement().satisfies(l -> {
            assertThat(l.table().rows()).hasSize(3);
            assertThat(l.table().inputs().get(1).expression()).isEqualTo("有派车单");
        });
        assertThat(trips.model().elements().get(2).logic()).singleElement()
                .satisfies(l -> assertThat(l.text()).isEqualTo("行程.派车单 != null"));
        assertThat(trips.model().elements().get(0).kind()).isEqualTo(Kind.INPUT);
    }

    @Test
    void anExampleHasEverythingThatTheRuleAsksFor() throws Exception {
        assertThat(trips.model().example()).isEqualTo(JSON.readTree(
                "{\"行程\": {\"日期\": \"2026-01-01\", \"里程\": 0, \"派车单\": \"\"}, \"休息日\": false}"));
        assertThat(trips.attempt(trips.model().example(), null).refused()).isNull();
    }

    @Test
    void namesStandInBothLanguages() {
        Rule english = deployed("vehicle-use", Resource.text("rules/vehicle-use.dmn")
                .replace("id=\"vehicle-use\"", "id=\"vehicle-use\" yuzui:en=\"Use of official vehicles\"")
                .replace("<decision id=\"verdict\"", "<decision id=\"verdict\" yuzui:en=\"Verdict\" yuzui:zh=\"用车结论\"")
                .replace("<input id=\"verdict-i1\"", "<input id=\"verdict-i1\" yuzui:en=\"Day off\""));

        assertThat(english.title()).isEqualTo(new Title("公务用车检查", "Use of official vehicles"));
        assertThat(english.model().elements().get(3).title()).isEqualTo(new Title("用车结论", "Verdict"));
        assertThat(english.tables().get(0).inputs().get(0).title()).isEqualTo(new Title("休息日", "Day off"));
        assertThat(english.tables().get(0).inputs().get(1).title()).isEqualTo(new Title("有派车单", "有派车单"));
    }

    @Test
    void aFindingNamesTableAndRows() {
        Rule ordered = deployed("vehicle-use", Resource.text("rules/vehicle-use.dmn")
                .replace("hitPolicy=\"UNIQUE\"", "hitPolicy=\"FIRST\"")
                .replace("<inputEntry id=\"r3b\"><text>-", "<inputEntry id=\"r3b\"><text>true")
                .replace("<inputEntry id=\"r3a\"><text>false", "<inputEntry id=\"r3a\"><text>-"));

        assertThat(ordered.model().findings()).anySatisfy(f -> {
            assertThat(f.code()).isEqualTo("table-gap");
            assertThat(f.table()).isEqualTo("结论");
            assertThat(f.rows()).isEmpty();
            assertThat(f.where()).containsExactly("false", "false");
            assertThat(f.place()).isEqualTo("rules/vehicle-use.dmn:24");
        }).anySatisfy(f -> {
            assertThat(f.code()).isEqualTo("table-subsumption-rule");
            assertThat(f.rows()).containsExactly(2, 3);
        });
        assertThat(ordered.model().findings()).hasSameSizeAs(ordered.findings());
    }

    @Test
    void aTrialSaysCellByCellWhyARowDidNotMatch() throws Exception {
        Trial trial = trips.attempt(trip(true, null), null);

        assertThat(trial.refused()).isNull();
        assertThat(trial.outputs().get("结论").asText()).isEqualTo("疑似公车私用");
        assertThat(trial.tables()).singleElement().satisfies(t -> {
            assertThat(t.table()).isEqualTo("结论");
            assertThat(t.values()).extracting(JsonNode::asBoolean).containsExactly(true, false);
            assertThat(t.rows()).containsExactly(new TriedRow(1, List.of(true, true), true, true),
                    new TriedRow(2, List.of(true, false), false, false), new TriedRow(3, List.of(false, true), false, false));
        });
    }

    @Test
    void aTrialTellsMatchedFromChosen() throws Exception {
        Trial trial = fees.attempt(JSON.readTree("""
                {"清单": [{"金额": 1200, "日期": "2026-10-01"}], "级别": "高"}"""), "风险");

        assertThat(trial.tables()).singleElement().satisfies(t -> {
            assertThat(t.values().get(0).decimalValue()).isEqualByComparingTo("1200");
            assertThat(t.rows()).extracting(TriedRow::matched).containsExactly(true, true, true);
            assertThat(t.rows()).extracting(TriedRow::chosen).containsExactly(false, false, true);
            assertThat(t.rows()).flatExtracting(TriedRow::cells).containsOnly(true);
        });
        assertThat(trial.outputs()).hasToString("{\"风险\":\"高\"}");
    }

    @Test
    void everyRowOfATrialAgreesWithTheEngine() throws Exception {
        for (int amount : new int[]{0, 99, 100, 101, 1000, 1001}) {
            for (String grade : List.of("高", "中", "低")) {
                Trial trial = fees.attempt(JSON.readTree("{\"清单\": [{\"金额\": " + amount + ", \"日期\": \"2026-10-01\"}], \"级别\": \""
                        + grade + "\"}"), null);
                assertThat(trial.tables()).hasSize(3).allSatisfy(t -> assertThat(t.rows())
                        .allSatisfy(r -> assertThat(r.cells().stream().allMatch(Boolean.TRUE::equals)).isEqualTo(r.matched())));
            }
        }
    }

    @Test
    void aTrialIsRememberedByNobodyAndRefusesInItsAnswer() throws Exception {
        Trial trial = trips.attempt(JSON.readTree("{\"休息日\": true}"), null);

        assertThat(trial.outputs()).isNull();
        assertThat(trial.refused().code()).isEqualTo("missing-input");
        assertThat(trial.refused().place()).isEqualTo("行程");
        assertThat(trips.recent()).isEmpty();
        assertThat(trips.use().decisions()).isZero();
        assertThatThrownBy(() -> trips.attempt(trip(true, null), "结")).isInstanceOf(RefusedException.class);
    }

    @Test
    void aTableInsideAFunctionIsLookedAtEachTimeItIsAsked() throws Exception {
        Rule function = deployed("grade", """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="分级" namespace="urn:m">
                  <itemDefinition id="ns" name="numbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>
                  <inputData id="i" name="次数"><variable id="iv" name="次数" typeRef="numbers"/></inputData>
                  <businessKnowledgeModel id="b" name="级"><variable id="bv" name="级"/>
                    <encapsulatedLogic id="be"><formalParameter id="bp" name="次" typeRef="number"/>
                      <decisionTable id="bt" hitPolicy="UNIQUE">
                        <input id="b1"><inputExpression id="bx" typeRef="number"><text>次</text></inputExpression></input><output id="bo"/>
                        <rule id="r1"><inputEntry id="r1a"><text>&lt; 3</text></inputEntry><outputEntry id="r1b"><text>"轻"</text></outputEntry></rule>
                        <rule id="r2"><inputEntry id="r2a"><text>&gt;= 3</text></inputEntry><outputEntry id="r2b"><text>"重"</text></outputEntry></rule>
                      </decisionTable></encapsulatedLogic></businessKnowledgeModel>
                  <decision id="d" name="结果"><variable id="dv" name="结果"/>
                    <informationRequirement id="d1"><requiredInput href="#i"/></informationRequirement>
                    <knowledgeRequirement id="d2"><requiredKnowledge href="#b"/></knowledgeRequirement>
                    <literalExpression id="de"><text>for n in 次数 return 级(n)</text></literalExpression></decision>
                </definitions>""");

        Trial trial = function.attempt(JSON.readTree("{\"次数\": [1, 5]}"), null);

        assertThat(trial.outputs().get("结果")).hasToString("[\"轻\",\"重\"]");
        assertThat(trial.tables()).hasSize(2).extracting(t -> t.values().get(0).intValue()).containsExactly(1, 5);
        assertThat(trial.tables().get(1).rows()).extracting(TriedRow::cells).containsExactly(List.of(false), List.of(true));
        Element model = function.model().elements().get(1);
        assertThat(model.kind()).isEqualTo(Kind.FUNCTION);
        assertThat(function.model().elements().get(2).needs()).containsExactly("次数", "级");
    }

    @Test
    void decisionsAreRememberedWithTheirOccasion() throws Exception {
        trips.decide(trip(true, null), null, new Occasion("fleet", "make-trips", FLOW, true));

        assertThat(trips.recent()).singleElement().satisfies(k -> {
            assertThat(k.number()).isEqualTo(1);
            assertThat(k.at()).isEqualTo(NOON);
            assertThat(k.occasion()).isEqualTo(new Occasion("fleet", "make-trips", FLOW, true));
            assertThat(k.fired()).containsExactly(new Decision.Fired("结论", List.of(1), List.of(1)));
            assertThat(k.outputs().get("结论").asText()).isEqualTo("疑似公车私用");
            assertThat(k.input().at("/行程/里程").decimalValue()).isEqualByComparingTo("35.5");
        });
        assertThat(trips.use().rows()).containsEntry("结论", List.of(1L, 0L, 0L));
    }

    @Test
    void whatIsRareIsNotWashedOutByWhatIsFrequent() throws Exception {
        trips.decide(trip(true, null));
        for (int i = 0; i < 5_000; i++) {
            trips.decide(trip(false, null));
        }

        assertThat(trips.recent()).hasSize(21);
        assertThat(trips.recent().get(20).outputs().get("结论").asText()).isEqualTo("疑似公车私用");
        assertThat(trips.use().decisions()).isEqualTo(5_001);
        assertThat(trips.use().rows()).containsEntry("结论", List.of(1L, 0L, 5_000L));
    }

    @Test
    void ofWhatIsFrequentOneIsKeptNowAndThen() throws Exception {
        for (int i = 0; i < 100; i++) {
            trips.decide(trip(false, null));
        }
        clock.set(NOON.plus(Duration.ofSeconds(1)));
        trips.decide(trip(false, null));
        trips.decide(trip(false, null));

        assertThat(trips.recent()).hasSize(20);
        assertThat(trips.recent()).extracting(KeptDecision::number).startsWith(101L, 20L);
    }

    @Test
    void whatCouldNotBeDecidedIsRememberedWithItsReason() throws Exception {
        JsonNode wrong = JSON.readTree("{\"行程\": {\"日期\": \"2026-10-01\"}, \"休息日\": true}");
        assertThatThrownBy(() -> trips.decide(wrong)).isInstanceOf(RefusedException.class);

        assertThat(trips.recent()).singleElement().satisfies(k -> {
            assertThat(k.refused().code()).isEqualTo("missing-input");
            assertThat(k.refused().place()).isEqualTo("行程.里程");
            assertThat(k.outputs()).isNull();
        });
        assertThat(trips.use().refused()).isEqualTo(1);
        assertThat(trips.use().decisions()).isZero();
    }

    @Test
    void aTextThatTheRuleDoesNotKnowIsMasked() throws Exception {
        trips.decide(trip(true, "张三的单"));
        fees.decide(JSON.readTree("{\"清单\": [{\"金额\": 1, \"日期\": \"2026-10-01\"}], \"级别\": \"高\"}"));

        assertThat(trips.recent().get(0).input().at("/行程/派车单").asText()).isEqualTo("张***");
        assertThat(trips.recent().get(0).input().at("/行程/日期").asText()).isEqualTo("2026-10-01");
        assertThat(fees.recent().get(0).input().get("级别").asText()).isEqualTo("高");
    }

    @Test
    void aTextFromARecordIsMaskedAlreadyAndAFileCanSayMore() throws Exception {
        trips.decide(trip(true, "派7号"), null, new Occasion("fleet", "r", FLOW, true));
        assertThat(trips.recent().get(0).input().at("/行程/派车单").asText()).isEqualTo("派7号");

        String file = Resource.text("rules/vehicle-use.dmn");
        Rule open = deployed("vehicle-use", file.replace("<itemComponent id=\"trip-order\"", "<itemComponent id=\"trip-order\" yuzui:sensitivity=\"internal\""));
        open.decide(trip(true, "派7号"));
        assertThat(open.recent().get(0).input().at("/行程/派车单").asText()).isEqualTo("派7号");

        Rule closed = deployed("vehicle-use", file.replace("<itemComponent id=\"trip-km\"", "<itemComponent id=\"trip-km\" yuzui:sensitivity=\"personal\""));
        closed.decide(trip(true, null), null, new Occasion("fleet", "r", FLOW, true));
        assertThat(closed.recent().get(0).input().at("/行程/里程").asText()).isEqualTo("***");
        assertThat(closed.again(1, JSON.createObjectNode()).orElseThrow().input().at("/行程/里程").asText()).isEqualTo("***");
    }

    @Test
    void aSensitivityThatThereIsNotIsRefused() {
        PluginException refused = catchThrowableOfType(PluginException.class, () -> deployed("vehicle-use",
                Resource.text("rules/vehicle-use.dmn").replace("<inputData id=\"trip\"", "<inputData id=\"trip\" yuzui:sensitivity=\"privat\"")));

        assertThat(refused.problem().code()).isEqualTo("bad-sensitivity");
        assertThat(refused.problem().place()).isEqualTo("rules/vehicle-use.dmn:11");
    }

    @Test
    void aRememberedDecisionCanBeTriedOnceMoreWithChanges() throws Exception {
        trips.decide(trip(true, "张三的单"));
        long number = trips.recent().get(0).number();

        Trial same = trips.again(number, JSON.createObjectNode()).orElseThrow();
        Trial other = trips.again(number, JSON.createObjectNode().put("休息日", false)).orElseThrow();

        assertThat(same.outputs().get("结论").asText()).isEqualTo("正常");
        assertThat(same.tables().get(0).rows().get(1).matched()).isTrue();
        assertThat(same.input().at("/行程/派车单").asText()).isEqualTo("张***");
        assertThat(other.tables().get(0).rows().get(2).matched()).isTrue();
        assertThat(trips.again(99, JSON.createObjectNode())).isEmpty();
        assertThat(trips.use().decisions()).isEqualTo(1);
    }

    @Test
    void whatIsRememberedIsACopyAndBounded() throws Exception {
        ObjectNode input = trip(true, null);
        trips.decide(input);
        input.removeAll();
        assertThat(trips.recent().get(0).input().has("行程")).isTrue();

        List<String> items = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            items.add("{\"金额\": 1, \"日期\": \"2026-10-01\"}");
        }
        fees.decide(JSON.readTree("{\"清单\": [" + String.join(",", items) + "], \"级别\": \"高\"}"));
        KeptDecision large = fees.recent().get(0);
        assertThat(large.input()).isNull();
        assertThat(large.outputs().get("合计").intValue()).isEqualTo(3_000);
        assertThat(fees.again(large.number(), JSON.createObjectNode())).isEmpty();
    }

    private static ObjectNode trip(boolean dayOff, String order) throws Exception {
        ObjectNode input = (ObjectNode) JSON.readTree("{\"行程\": {\"日期\": \"2026-10-01\", \"里程\": 35.5}}");
        input.put("休息日", dayOff);
        if (order != null) {
            ((ObjectNode) input.get("行程")).put("派车单", order);
        }
        return input;
    }

    private Rule deployed(String name, String file) {
        rules.deploy(GivenPlugin.of("fleet", "rules/" + name + ".dmn", file)).start();
        return rules.require("fleet/" + name);
    }
}
