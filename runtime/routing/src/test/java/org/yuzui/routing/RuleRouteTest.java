package org.yuzui.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Use;
import org.yuzui.rules.Rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.routing.Patience.await;

/** {@code to: rule:R}: the body asks, and gets the answer where the route wants it. */
class RuleRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RULE = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="用车" namespace="urn:m">
              <inputData id="i" name="休息日"><variable id="iv" name="休息日" typeRef="boolean"/></inputData>
              <inputData id="k" name="里程"><variable id="kv" name="里程" typeRef="number"/></inputData>
              <decision id="d" name="结论"><variable id="dv" name="结论" typeRef="string"/>
                <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
                <literalExpression id="e"><text>if 休息日 then "封存" else "可用"</text></literalExpression></decision>
              <decision id="f" name="费用"><variable id="fv" name="费用" typeRef="number"/>
                <informationRequirement id="s"><requiredInput href="#k"/></informationRequirement>
                <literalExpression id="g"><text>里程 * 1.5</text></literalExpression></decision>
            </definitions>
            """;

    @TempDir
    Path folder;
    private final Rules rules = new Rules(Clock.systemUTC());
    private Routing routing;
    private Deployment rule;
    private Deployment deployment = Deployment.NONE;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        routing = Routing.open(folder.resolve("site"), null, rules, null, null, ZoneId.of("Asia/Shanghai"), Duration.ofSeconds(20));
        // A plugin's rules are deployed before its routes, and started with them.
        rule = rules.deploy(GivenPlugin.of("fleet", "").file("rules/use.dmn", RULE));
    }

    @AfterEach
    void close() {
        deployment.close();
        routing.close();
        rule.close();
    }

    private String route(String step) {
        return """
                - route:
                    id: decide
                    from:
                      uri: file:%s
                      parameters: {initialDelay: 0, delay: 20, delete: true}
                      steps:
                        - setHeader: {name: 休息日, constant: "true"}
                        - to: "%s"
                        - setHeader: {name: CamelFileName, constant: answer}
                        - to: file:%s
                """.formatted(folder.resolve("in"), step, folder.resolve("out"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "rule:use                                | {\"结论\": \"可用\", \"费用\": 15.0}",
            "rule:fleet/use?decision=费用             | 15.0",
            "rule:use?into=result&decision=结论       | {\"休息日\": false, \"里程\": 10, \"result\": \"可用\"}",
            "rule:use?headers=休息日                  | {\"结论\": \"封存\", \"费用\": 15.0}",
            "rule:use?header=verdict                 | {\"休息日\": false, \"里程\": 10}"})
    void theAnswerStandsWhereTheRouteWantsIt(String step, String answer) throws IOException {
        deployment = routing.part().deploy(GivenPlugin.of("fleet", route(step)).file("rules/use.dmn", RULE));
        rule.start();
        deployment.start();
        Files.writeString(folder.resolve("in/question"), "{\"休息日\": false, \"里程\": 10}");

        await().ignoreExceptions().untilAsserted(() -> assertThat(JSON.readTree(folder.resolve("out/answer").toFile())).isEqualTo(JSON.readTree(answer)));
    }

    @Test
    void aRouteFindsOnlyTheRulesOfItsOwnVersion() {
        assertThatThrownBy(() -> routing.part().deploy(GivenPlugin.of("fleet", route("rule:use"))))
                .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.problem().code()).isEqualTo("unknown-rule"));
    }

    @Test
    void tellsWhichRulesAreUsed() {
        deployment = routing.part().deploy(GivenPlugin.of("fleet", route("rule:use?decision=费用")).file("rules/use.dmn", RULE));
        deployment.start();

        assertThat(routing.part().uses()).contains(new Use("fleet", "decide", "fleet.jar!HUB-INF/routes/r.camel.yaml", "rules",
                "fleet/use", "decides"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "rule:uses                 | 'fleet/use'",
            "rule:other/use            | 'fleet/use'",
            "rule:use?decision=结       | '结论'",
            "rule:use?headers=休假日    | '休息日'",
            "rule:use?intoo=x          | intoo"})
    void aRouteThatAsksForWhatIsNotThereIsRefused(String step, String cure) {
        assertThatThrownBy(() -> routing.part().deploy(GivenPlugin.of("fleet", route(step)).file("rules/use.dmn", RULE)))
                .isInstanceOfSatisfying(PluginException.class, e -> {
                    assertThat(e.problem().sentence()).contains(cure);
                    assertThat(e.problem().place()).isEqualTo("fleet.jar!HUB-INF/routes/r.camel.yaml:8");
                });
    }
}
