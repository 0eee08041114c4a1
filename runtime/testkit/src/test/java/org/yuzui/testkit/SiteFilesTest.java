package org.yuzui.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.records.RecordQuery;
import org.yuzui.reporting.Period;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.testkit.Patience.await;

/** A site without any plugin makes its own monthly report: contract, form, schedule and route come and go while it runs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SiteFilesTest {

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of();

    private static final String CONTRACT = """
            {"type": "object", "title": "Cost per visit", "required": ["unit", "month", "cost"], "additionalProperties": false,
             "properties": {"unit": {"type": "string"}, "month": {"type": "string"}, "cost": {"type": "number"}},
             "x-key": ["/unit", "/month"], "x-unit": "/unit"}
            """;
    private static final String FORM = """
            title: {zh: 次均费用, en: Cost per visit}
            period: month
            respondents: {units: ["510104-H01"]}
            indicators: [{code: cost, precision: 2}]
            """;
    private static final String RULE = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="sums" namespace="urn:sums">
              <inputData id="a" name="a"><variable id="av" name="a" typeRef="number"/></inputData>
              <inputData id="b" name="b"><variable id="bv" name="b" typeRef="number"/></inputData>
              <decision id="d" name="sum"><variable id="dv" name="sum" typeRef="number"/>
                <informationRequirement id="r1"><requiredInput href="#a"/></informationRequirement>
                <informationRequirement id="r2"><requiredInput href="#b"/></informationRequirement>
                <literalExpression id="e"><text>a + b</text></literalExpression></decision>
            </definitions>
            """;
    private static final String SCHEDULE = """
            title: Monthly
            cron: "0 0 2 1 * ?"
            calendar: all
            misfire: skip
            timeout: 1m
            """;
    private static final String ROUTE = """
            - route:
                id: cost
                from:
                  uri: schedule:cost-monthly
                  steps:
                    - setBody: {constant: '{"unit": "510104-H01", "month": "2026-10", "cost": 123456789012345678.91}'}
                    - to: record:site.cost.v1
            - route:
                id: hand-in
                from:
                  uri: record:site.cost.v1?subscription=hand-in
                  steps:
                    - setBody: {jq: '{unit: .unit, period: .month, cost: .cost}'}
                    - to: report:cost-monthly
            """;

    @Test
    @Order(1)
    void aRouteWaitsForWhatItNamesAndRunsWhenThatHasCome() {
        HUB.write("routes/cost.camel.yaml", ROUTE);
        await().untilAsserted(() -> assertThat(site("cost.camel.yaml")).extracting(r -> r.path("state").asText()).containsOnly("Refused"));
        HUB.write("config/contracts/site.cost.v1.schema.json", CONTRACT);
        HUB.write("config/forms/cost-monthly.form.yaml", FORM);
        HUB.write("config/schedules/cost-monthly.schedule.yaml", SCHEDULE);
        await().untilAsserted(() -> assertThat(site("cost.camel.yaml")).hasSize(2)
                .allSatisfy(r -> assertThat(r.path("state").asText()).isEqualTo("Started")));
        assertThat(HUB.get("/forms").at("/forms/0/plugin").asText()).isEqualTo("site");

        HUB.hub().scheduler().run("site/cost-monthly", LocalDate.parse("2026-11-01"));

        await().untilAsserted(() -> assertThat(HUB.hub().reports().total("cost-monthly",
                Period.parse("2026"), "510000").values().get("cost")).hasToString("123456789012345678.91"));
    }

    @Test
    @Order(2)
    void aBrokenFileIsShownWithItsPlaceAndChangesNothing() {
        HUB.write("config/forms/cost-monthly.form.yaml", FORM.replace("month\n", "moon\n"));
        await().untilAsserted(() -> assertThat(site("config/forms/cost-monthly.form.yaml")).singleElement().satisfies(r -> {
            assertThat(r.at("/problem/code").asText()).isEqualTo("unknown-period");
            assertThat(r.at("/problem/place").asText()).isEqualTo("config/forms/cost-monthly.form.yaml:2 period");
        }));
        assertThat(HUB.get("/reports/cost-monthly/2026-10?unit=510000").at("/total/received").asInt()).isOne();
        HUB.write("config/contracts/site.cost.v1.schema.json", CONTRACT.replace("\"number\"", "\"string\""));
        await().untilAsserted(() -> assertThat(site("config/contracts/site.cost.v1.schema.json")).singleElement()
                .extracting(r -> r.at("/problem/code").asText()).isEqualTo("incompatible-contract"));
        HUB.write("config/forms/other.form.yaml", FORM);
        await().untilAsserted(() -> assertThat(HUB.get("/forms").path("forms")).hasSize(2));

        HUB.write("config/forms/cost-monthly.form.yaml", FORM.replace("precision: 2", "precision: 3"));
        HUB.write("config/contracts/site.cost.v1.schema.json", CONTRACT);
        await().untilAsserted(() -> {
            assertThat(HUB.get("/reports/cost-monthly/2026-10").at("/indicators/0/precision").asInt()).isEqualTo(3);
            assertThat(site("config/")).isEmpty();
        });
    }

    @Test
    @Order(3)
    void whatIsTakenAwayGoesAndItsAnswersStay() throws IOException {
        Files.delete(HUB.home().resolve("config/forms/cost-monthly.form.yaml"));
        await().untilAsserted(() -> assertThat(HUB.get("/forms").path("forms")).extracting(f -> f.path("id").asText())
                .containsExactly("other"));
        HUB.write("config/forms/cost-monthly.form.yaml", FORM);
        await().untilAsserted(() -> assertThat(HUB.get("/forms").path("forms")).hasSize(2));
        assertThat(HUB.get("/reports/cost-monthly/2026-10").at("/total/received").asInt()).isOne();
    }

    @Test
    @Order(4)
    void aSiteDecidesAndABrokenDecisionChangesNothing() throws IOException {
        HUB.write("config/contracts/site.sum.v1.schema.json", """
                {"type": "object", "title": "Sum", "required": ["sum"], "properties": {"sum": {"type": "number"}}, "x-key": ["/sum"]}""");
        HUB.write("routes/sum.camel.yaml", """
                - route:
                    id: sum
                    from:
                      uri: file:%s
                      parameters: {initialDelay: 0, delay: 50, delete: true}
                      steps:
                        - to: rule:sum
                        - to: record:site.sum.v1
                """.formatted(HUB.home().resolve("numbers")));
        await().untilAsserted(() -> assertThat(site("sum.camel.yaml")).singleElement()
                .extracting(r -> r.at("/problem/code").asText()).isEqualTo("unknown-rule"));
        HUB.write("config/rules/sum.dmn", RULE);
        await().untilAsserted(() -> assertThat(site("sum.camel.yaml")).singleElement()
                .extracting(r -> r.path("state").asText()).isEqualTo("Started"));
        HUB.write("config/rules/sum.dmn", RULE.replace("a + b", "a + c"));
        await().untilAsserted(() -> assertThat(site("config/rules/sum.dmn")).singleElement().satisfies(r -> {
            assertThat(r.at("/problem/code").asText()).isEqualTo("bad-feel");
            assertThat(r.at("/problem/place").asText()).startsWith("config/rules/sum.dmn:");
        }));

        HUB.write("numbers/.part", "{\"a\": 123456789012345678.90, \"b\": 0.01}");
        Files.move(HUB.home().resolve("numbers/.part"), HUB.home().resolve("numbers/one.json"));

        await().untilAsserted(() -> assertThat(HUB.hub().records().store().find(RecordQuery.byKey("site.sum.v1", "123456789012345678.91")))
                .hasSize(1));
    }

    private static List<JsonNode> site(String file) {
        List<JsonNode> routes = new ArrayList<>();
        HUB.get("/routes").path("routes").forEach(r -> {
            if (r.path("owner").asText().equals("site") && r.path("file").asText().contains(file)) {
                routes.add(r);
            }
        });
        return routes;
    }
}
