package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.system.ConsoleBrowser.Look;

import java.nio.file.Files;
import java.nio.file.Path;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The console's rules in a browser: tables that people can read, decisions with their reasons, and the lab. */
class RulesConsoleTest extends InTheConsole {

    private static final Look DESK = new Look("en", 1280, "light");
    private static final String USE = "/rules/fleet/use";

    @BeforeAll
    void start() throws Exception {
        site = Site.create("rules-console");
        site.keepOnly("plugins", "-vehicle-", "-his-");
        site.keepOnly("routes");
        Path in = site.home.resolve("trips");
        Files.write(site.home.resolve("plugins/fleet-1.0.0.zip"), FleetPlugin.zip(in));
        site.start();
        rest = site.rest();
        FleetPlugin.trip(in, "a.json", trip("川A10001", 35.5, true, "\"张三丰\""));
        for (int i = 0; i < 40; i++) {
            FleetPlugin.trip(in, "b" + i + ".json", trip("川A2" + (1000 + i), 10 + i, false, "\"李四\""));
        }
        FleetPlugin.trip(in, "c.json", trip("川A10003", 3, false, "null"));
        FleetPlugin.trip(in, "d.json", "{\"plate\": \"川A10004\", \"day\": \"2026-10-01\", \"km\": 1}");
        await().atMost(Site.PATIENCE).untilAsserted(() -> {
            JsonNode rule = rest.get("/api/v1/rules/fleet/use").path("rule");
            assertThat(rule.path("decided").asInt()).isEqualTo(84); // each trip when it comes and as a record
            assertThat(rule.path("refused").asInt()).isEqualTo(1);
            assertThat(rest.get("/api/v1/records?status=REFUSED").path("records")).hasSize(1);
        });
        openBrowser();
    }

    @ParameterizedTest
    @CsvSource({"zh,1280,light", "en,1280,dark", "zh,390,dark", "en,390,light"})
    void everyPageIsWhole(String language, int width, String shade) {
        Look look = new Look(language, width, shade);
        SoftAssertions softly = new SoftAssertions();
        Page page = browser.open(look, "/rules");
        shot(page, "rules-" + look, softly);
        browser.go(page, USE);
        shot(page, "rule-" + look, softly);
        browser.go(page, "/rules/vehicle/vehicle-use");
        shot(page, "rule-vehicle-" + look, softly);
        browser.go(page, "/rules/site/fuel-match");
        page.locator("svg.drg").scrollIntoViewIfNeeded();
        shot(page, "rule-graph-" + look, softly);
        browser.go(page, USE + "?tab=decisions");
        page.locator(".decisions > li > details > summary").last().click();
        page.locator(".decisions > li > details > summary").nth(2).click();
        shot(page, "rule-decisions-" + look, softly);
        browser.go(page, USE + "?tab=lab");
        page.locator(".bench button[type=submit]").click();
        page.locator(".results .json").waitFor();
        page.locator(".results").scrollIntoViewIfNeeded();
        shot(page, "rule-lab-" + look, softly);
        softly.assertAll();
    }

    @Test
    void aDecisionSaysWhyAndIsTriedOnceMoreWithAChange() {
        Page page = browser.open(DESK, "/");
        page.keyboard().press("g");
        page.keyboard().press("u");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Use of official vehicles").setExact(true)).first().waitFor();
        browser.go(page, USE + "?tab=decisions");

        page.getByLabel("Way").selectOption("verdict 1");
        assertThat(page.locator(".decisions > li")).hasCount(2);
        Locator asked = page.locator(".decisions > li").last(); // as it came in, before it was a record
        asked.locator("summary").first().click();
        assertThat(asked).containsText("节假日封存停驶");
        assertThat(asked).containsText("take-trips");
        assertThat(asked.locator(".json").first()).containsText("张**");
        assertThat(asked).not().containsText("张三丰");

        asked.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("try it in the lab")).click();
        assertThat(page.locator(".results .json")).containsText("day-off-use");
        assertThat(page.locator(".dmn tr.chosen")).containsText("counts");
        assertThat(page.locator(".dmn tbody tr").nth(2).locator("td.no")).containsText("does not hold");

        Locator editor = page.locator(".editor textarea");
        editor.fill(editor.inputValue().replace("\"dayOff\": true", "\"dayOff\": false"));
        editor.press("Control+Enter");
        assertThat(page.locator(".results .json")).containsText("in-order");
        assertThat(page.locator("body")).not().containsText("张三丰");
    }

    @Test
    void aDecisionLeadsToItsRecordAndARefusalToItsRule() throws Exception {
        Page page = browser.open(DESK, USE + "?tab=decisions&way=verdict 1");
        page.locator(".decisions > li > details > summary").first().click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("the record")).first().click();
        assertThat(page.locator("main")).containsText("川A10001");

        String refused = rest.get("/api/v1/records?status=REFUSED").path("records").path(0).path("id").asText();
        browser.go(page, "/records/" + refused);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("to the rule fleet/use")).first().click();
        assertThat(page.locator("main h1")).hasText("Use of official vehicles");
        assertThat(page.locator(".decisions")).containsText("needs 'dayOff'");
    }

    @Test
    void theLabTellsGapsAndOverlapsOfWhatIsPasted() {
        Page page = browser.open(DESK, USE + "?tab=lab");
        Locator editor = page.locator(".editor textarea");
        editor.fill("""
                {"dayOff": true, "km": 12}
                {"dayOff": true, "km": -1}
                {"dayOff": false, "km": 3, "driver": "某人"}
                {"km": 3}
                """);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Evaluate")).click();

        Locator summary = page.locator(".summary");
        assertThat(summary).containsText("no row matches input 2");
        assertThat(summary).containsText("Row 2, 4 matched none of them");
        assertThat(page.locator(".results > details")).hasCount(4);
        page.locator(".results > details").last().locator("summary").first().click();
        assertThat(page.locator(".results > details").last()).containsText("missing-input");

        editor.fill("{\n  \"dayOff\": yes\n}");
        assertThat(page.locator("#lab-wrong")).hasText("Line 2 is not JSON, or not an object.");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Evaluate"))).isDisabled();
    }

    @Test
    void aTableShowsHowOftenEachRowCountedAndWhereItHasGaps() {
        Page page = browser.open(DESK, USE);

        assertThat(page.locator(".dmn tbody tr").first().locator(".count")).containsText("2");
        assertThat(page.locator(".dmn tbody tr").nth(2).locator(".count")).containsText("80");
        assertThat(page.locator("#findings-heading + ul")).containsText("Gap: no row for");
        assertThat(page.locator("svg.drg a")).hasCount(5);
    }

    private void shot(Page page, String name, SoftAssertions softly) {
        browser.screenshot(page, name);
        browser.inspect(page, name, softly);
    }

    private static String trip(String plate, double km, boolean dayOff, String driver) {
        return "{\"plate\": \"" + plate + "\", \"day\": \"2026-10-01\", \"km\": " + km + ", \"dayOff\": " + dayOff
                + (driver.equals("null") ? "" : ", \"driver\": " + driver) + "}";
    }
}
