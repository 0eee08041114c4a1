package org.yuzui.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.GivenPlugin;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What an author reads who broke a rule: file, line, reason, cure. */
class BrokenRulesTest {

    private static final String GOOD = Resource.text("rules/vehicle-use.dmn");
    private static final Rules RULES = new Rules(Clock.systemUTC());

    private static Problem refusal(String dmn) {
        PluginException e = catchThrowableOfType(PluginException.class,
                () -> RULES.deploy(GivenPlugin.of("fleet", "rules/vehicle-use.dmn", dmn)));
        assertThat(e).as("refused").isNotNull();
        assertThat(RULES.coming("fleet/vehicle-use")).isEmpty();
        return e.problem();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // what stands there           | what stands there instead     | code            | line | said or cured
            "</definitions>                | </definition>                 | bad-xml         | 34   | definition",
            "<definitions xmlns            | <!DOCTYPE x><definitions xmlns | xml-doctype    | 2    | DOCTYPE",
            "https://www.omg.org/spec/DMN/20191111/MODEL/ | https://example.org/ | not-dmn  | 3    | OMG",
            "name=\"休息日\" typeRef=\"boolean\" | name=\"休息日\"             | untyped-input   | 12   | typeRef",
            "name=\"休息日\" typeRef=\"boolean\" | name=\"休息日\" typeRef=\"Any\" | untyped-input | 12 | typeRef",
            "<text>休息日</text>            | <text>休假日</text>            | bad-feel        | 24   | '休息日'",
            "行程.派车单 !=                  | 行程.派车 !=                   | bad-feel        | 17   | '派车单'",
            "<text>休息日</text>            | <text>today() = 休息日</text>  | impure-rule     | 25   | clock",
            "<text>休息日</text>            | <text>(function(x) external {java: {class: \"java.lang.System\", method signature: \"exit(int)\"}})(1)</text> | impure-rule | 25 | outside",
            "<inputData id=\"trip\"        | <import namespace=\"urn:x\" name=\"x\" importType=\"urn:x\"/><inputData id=\"trip\" | unsupported-import | 11 | Copy",
            "yuzui:optional=\"true\"        | yuzui:optional=\"yes\"         | bad-optional    | 8    | true",
            "<input id=\"verdict-i1\"       | <inputs id=\"verdict-i1\"      | bad-xml         | 25   | inputs",
            "hitPolicy=\"UNIQUE\"           | hitPolicy=\"UNIQ\"             | bad-dmn         | 24   | UNIQ",
            "<requiredInput href=\"#trip\"/> | <requiredInput href=\"#tripp\"/> | req-not-found | 16   | tripp",
            "<inputEntry id=\"r3b\"><text>-</text> | <inputEntry id=\"r3b\"><text>- or</text> | bad-feel | 0 | or",
            "<inputEntry id=\"r3a\"><text>false | <inputEntry id=\"r3a\"><text>- | table-overlap | 24   | FIRST"})
    void namesFileLineReasonAndCure(String what, String instead, String code, int line, String said) {
        assertThat(GOOD).contains(what);

        Problem problem = refusal(GOOD.replace(what, instead));

        assertThat(problem.sentence()).contains(said);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.place()).isEqualTo("rules/vehicle-use.dmn" + (line == 0 ? problem.place().substring(21) : ":" + line));
        assertThat(problem.message()).doesNotContain("DMN id");
    }

    @Test
    void fetchesNothing() {
        String entity = GOOD.replace("<definitions xmlns=",
                "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<definitions xmlns=").replace("疑似公车私用", "&e;");
        assertThat(refusal(entity).code()).isIn("xml-doctype", "bad-xml");
    }

    @Test
    void aGapIsAFindingAndNotAnError() {
        String gap = GOOD.replaceFirst("(?m)^ *<rule id=\"r3\">.*\\R", "");

        Deployment deployment = RULES.deploy(GivenPlugin.of("gaps", "rules/vehicle-use.dmn", gap));
        try {
            assertThat(RULES.coming("gaps/vehicle-use").orElseThrow().findings()).singleElement().satisfies(f -> {
                assertThat(f.code()).isEqualTo("table-gap");
                assertThat(f.place()).isEqualTo("rules/vehicle-use.dmn:24");
                assertThat(f.message()).contains("false");
            });
        } finally {
            deployment.close();
        }
    }

    @Test
    void anOverlapThatTheHitPolicyOrdersIsAFinding() {
        String ordered = GOOD.replace("hitPolicy=\"UNIQUE\"", "hitPolicy=\"FIRST\"")
                .replace("<inputEntry id=\"r3a\"><text>false", "<inputEntry id=\"r3a\"><text>-");

        RULES.deploy(GivenPlugin.of("fleet", "rules/vehicle-use.dmn", ordered)).close();
    }

    /** The analysis of such a table would take longer than anybody waits, and holds up every other plugin. */
    @Test
    void aTableThatCannotBeAnalysedInTimeIsTakenAndSaysSo() {
        StringBuilder dmn = new StringBuilder("<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"m\""
                + " name=\"大表\" namespace=\"urn:m\">");
        for (String c : List.of("a", "b", "c", "d")) {
            dmn.append("<inputData id='i%1$s' name='%1$s'><variable id='v%1$s' name='%1$s' typeRef='number'/></inputData>".formatted(c));
        }
        dmn.append("<decision id='d' name='结果'><variable id='dv' name='结果' typeRef='number'/>");
        List.of("a", "b", "c", "d").forEach(c -> dmn.append(
                "<informationRequirement id='r%1$s'><requiredInput href='#i%1$s'/></informationRequirement>".formatted(c)));
        dmn.append("<decisionTable id='t' hitPolicy='FIRST'>");
        List.of("a", "b", "c", "d").forEach(c -> dmn.append(
                "<input id='n%1$s'><inputExpression id='x%1$s' typeRef='number'><text>%1$s</text></inputExpression></input>".formatted(c)));
        dmn.append("<output id='o'/>");
        for (int row = 0; row < 50; row++) {
            dmn.append("<rule id='q%d'>".formatted(row));
            for (String c : List.of("a", "b", "c", "d")) {
                dmn.append("<inputEntry id='e%s%d'><text>[%d..%d]</text></inputEntry>".formatted(c, row, row, row + 40));
            }
            dmn.append("<outputEntry id='p%1$d'><text>%1$d</text></outputEntry></rule>".formatted(row));
        }
        dmn.append("</decisionTable></decision></definitions>");

        Deployment deployment = RULES.deploy(GivenPlugin.of("big", "rules/table.dmn", dmn.toString()));

        assertThat(RULES.coming("big/table").orElseThrow().findings()).singleElement()
                .satisfies(f -> assertThat(f.code()).isEqualTo("table-not-analysed"));
        deployment.close();
    }

    @Test
    void countsTheProblemsOfOtherFiles() {
        PluginException e = catchThrowableOfType(PluginException.class, () -> RULES.deploy(new GivenPlugin("fleet", Map.of(
                "rules/a.dmn", "<x/>", "rules/b.dmn", "no xml"))));
        assertThat(e.problem().place()).isEqualTo("rules/a.dmn:1");
        assertThat(e.problem().cure()).contains("1 more problem");
    }
}
