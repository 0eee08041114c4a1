package org.yuzui.system;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.system.ConsoleBrowser.Look;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What operators see and do in the console: the live map, routes, logs and schedules of a hub with all seven systems. */
class OperateConsoleTest extends InTheConsole {

    /** Messages; a list of records many times as long as a window. {@code -Dyuzui.rows=10000} for figures that are to be told. */
    private static final int MANY = Integer.getInteger("yuzui.rows", 3_000);
    private static final Look DESK = new Look("en", 1280, "light");
    private static final String DAY = "2026-11-22";

    @BeforeAll
    void start() throws Exception {
        site = Site.create("operate-console");
        site.moveMeters();
        site.runInBackground("demo", "meters");
        site.start();
        rest = site.rest();
        rest.awaitState("his", "RUNNING");
        site.yuzui("demo", "send-hl7", "--count", String.valueOf(MANY), "--to", DAY).ok();
        stray("unknown");
        site.yuzui("schedule", "run", "his/daily-summary", "--for", DAY).ok();
        rest.flows("his.daily.v1"); // all of it can be found
        openBrowser();
    }

    /** A message of a hospital that nobody knows. */
    private void stray(String name) throws Exception {
        Path folder = Files.createDirectories(site.home.resolve("messages/" + name));
        Files.writeString(folder.resolve("1.hl7"),
                "MSH|^~\\&|HIS|NOWHERE|HUB|YUZUI|20261122083000||ADT^A01|%s|P|2.5\rPID|1||P1\rPV1|1|I|W^1^2\r".formatted(name));
        site.yuzui("demo", "send-hl7", "--file", folder.toString());
    }

    // Four looks hold every pair of language, width and shade.
    @ParameterizedTest
    @CsvSource({"zh,1280,light", "en,1280,dark", "zh,390,dark", "en,390,light"})
    void everyPageIsWhole(String language, int width, String shade) {
        Look look = new Look(language, width, shade);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("operate-overview", "/");
        pages.put("operate-overview-his", "/?plugin=his");
        pages.put("operate-routes", "/plugins/his?tab=routes&route=take-message");
        pages.put("operate-routes-inner", "/plugins/kindergarten?tab=routes");
        pages.put("operate-site", "/plugins/site?route=visits-to-csv");
        pages.put("operate-site-log", "/plugins/site?tab=log");
        pages.put("operate-log", "/plugins/his?tab=log");
        pages.put("operate-month", "/schedules?view=month&day=" + DAY);
        pages.put("operate-silent-month", "/schedules?view=month&day=2027-02-10");
        pages.put("operate-week", "/schedules?view=week&day=" + DAY);
        pages.put("operate-list", "/schedules?view=list");
        pages.put("operate-schedule", "/schedules/his/daily-summary");
        SoftAssertions softly = new SoftAssertions(); // one run shows all that is wrong
        Page page = browser.open(look, "/");
        for (Map.Entry<String, String> e : pages.entrySet()) {
            browser.go(page, e.getValue());
            if (e.getKey().startsWith("operate-overview")) {
                assertThat(page.locator(".map .plan, .map .lines, .map .empty").first()).isVisible();
                assertThat(page.locator(".traffic canvas").first()).isVisible();
            }
            browser.screenshotWhole(page, e.getKey() + "-" + look);
            browser.inspect(page, e.getKey() + "-" + look, softly);
        }
        softly.assertAll();
    }

    @Test
    void theMapLeadsToPluginsAndToRecordsAlsoByKeyboard() {
        Page page = browser.open(DESK, "/?plugin=his");
        Locator plugin = page.locator(".plan .node.plugin", new Page.LocatorOptions().setHasText("Hospital"));
        assertThat(plugin).isVisible();
        inspect(page, "operate-map");
        plugin.focus();
        assertThat(page.locator(".plan.hot")).isVisible();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/plugins/his$"));
        page.goBack();
        page.locator(".map").getByText("Table").click();
        assertThat(page.locator(".map table")).containsText("mllp");
        assertThat(page.locator(".map table")).containsText("Visit");
        Locator refused = page.locator(".map tbody tr", new Page.LocatorOptions().setHasText("mllp"));
        assertThat(refused.first()).containsText("in trouble");
        page.getByLabel("Plugin", new Page.GetByLabelOptions().setExact(true)).selectOption("");
        assertThat(page.locator(".map tbody tr").nth(20)).isVisible();
        page.locator(".map tbody tr", new Page.LocatorOptions().setHasText("Record store")).first()
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Records").setExact(true)).click();
        assertThat(page).hasURL(Pattern.compile(".*/records\\?.*contract=.*"));
    }

    @Test
    void aUnitFileIsCheckedBeforeItIsTaken() throws Exception {
        Page page = browser.open(DESK, "/reports/units");
        assertThat(page.locator(".facts")).containsText("21"); // cities and prefectures
        String head = "code,name,name_en,level,parent\n";
        page.locator("input[type=file]").setInputFiles(csv("surveyed.csv", head + "510104-X99,测试中心,Test Centre,institution,999999\n"));
        assertThat(page.locator(".box.bad .failures li").first()).containsText("line 2");
        assertThat(browser.complaints()).as("of the refusal alone").allMatch(c -> c.contains("422"));

        page.locator("input[type=file]").setInputFiles(csv("surveyed.csv", head + "510104-X99,测试中心,Test Centre,institution,510104\n"));
        assertThat(page.locator(".box[role=status]")).containsText("510104-X99");
        assertThat(site.home.resolve("config/org/surveyed.csv")).doesNotExist();
        inspect(page, "operate-units");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import it")).click();
        assertThat(page.locator(".box.good")).containsText("next start");
        assertThat(site.home.resolve("config/org/surveyed.csv")).content().contains("测试中心");
        assertThat(site.yuzui("audit", "list").out()).contains("unit-import");
    }

    private static FilePayload csv(String name, String text) {
        return new FilePayload(name, "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hub has one version of the form; the newer one is made up on its way to the page, and so is the answer to the move. */
    @Test
    void aPeriodMovesToTheNewestVersionOfItsForm() {
        List<String> moves = new ArrayList<>();
        Page page = browser.open(DESK, "/");
        page.route("**/api/v1/forms", route -> {
            String forms = route.fetch().text();
            route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody(forms.replace("\"version\":1,", "\"version\":2,")));
        });
        page.route("**/api/v1/forms/hospital-daily/periods/" + DAY + "/move", route -> {
            moves.add(route.request().postData());
            route.fulfill(new Route.FulfillOptions().setContentType("application/json").setBody("{}"));
        });
        browser.go(page, "/reports/hospital-daily/" + DAY);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Move to version 2…")).click();
        assertThat(page.locator("dialog .body")).containsText("from version 1 of its form to version 2");
        page.locator("dialog input").fill("The bureau asks for one cell more");
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(moves).containsExactly("{\"reason\":\"The bureau asks for one cell more\"}");
    }

    @Test
    void aRouteIsStoppedSeenAndStartedAgain() throws Exception {
        Page page = browser.open(DESK, "/plugins/his?tab=routes&route=receive-visit");
        assertThat(page.locator(".diagram .step.from")).containsText("mllp:{{listen.host}}:{{listen.port}}");
        page.locator(".diagram button.step").first().click();
        assertThat(page.locator(".yaml li.here")).containsText("direct:message");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop the route")).click();
        page.locator("dialog input").fill("The hospital moves its system");
        browser.screenshot(page, "operate-stop");
        page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop the route")).click();
        assertThat(page.locator(".routes .box.warn")).containsText("Stopped by bootstrap");
        assertThat(page.locator(".routes .box.warn")).containsText("The hospital moves its system");
        assertThat(page.locator(".headline .mark").first()).hasText("Degraded");
        browser.screenshot(page, "operate-stopped");
        browser.go(page, "/");
        assertThat(page.locator(".attention")).containsText("was stopped by bootstrap");
        assertThat(site.yuzui("route", "list").ok().out()).containsPattern("his +receive-visit +Stopped");

        site.yuzui("route", "start", "his", "receive-visit").ok();
        rest.awaitState("his", "RUNNING");
        assertThat(site.yuzui("audit", "list").out()).contains("route-stop", "route-start");
    }

    @Test
    void theSitesOwnRoutesAreStoppedSeenAndStartedAgain() throws Exception {
        Page page = browser.open(DESK, "/plugins");
        page.locator("section", new Page.LocatorOptions().setHasText("The site's own routes")).getByText("visits-to-csv", new Locator.GetByTextOptions().setExact(true))
                .first().click();
        assertThat(page).hasURL(Pattern.compile(".*/plugins/site\\?.*route=visits-to-csv.*"));
        assertThat(page.locator(".diagram .step.from")).containsText("record:his.visit.v1");
        assertThat(page.locator(".yaml")).containsText("visits-to-csv");
        assertThat(page.locator("section", new Page.LocatorOptions().setHasText("Subscriptions")).last()).containsText("Visit");
        page.getByText("The records that it reads").waitFor();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop the route")).click();
        page.locator("dialog input").fill("The share is being moved");
        page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop the route")).click();
        assertThat(page.locator(".routes .box.warn")).containsText("The share is being moved");
        browser.go(page, "/");
        Locator said = page.locator(".attention li", new Page.LocatorOptions().setHasText("Route visits-to-csv"));
        assertThat(said).containsText("was stopped by bootstrap");
        said.locator("a").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start the route")).click();
        assertThat(page.locator(".routes .box.warn")).hasCount(0);
        page.locator(".tabs").getByText("Log").click();
        assertThat(page.locator(".log h2")).hasText("Log");
    }

    @Test
    void aFileOfTheSiteThatCanNotBeTakenSaysWhyWhereItsRoutesAre() throws Exception {
        Path file = site.home.resolve("routes/no-route.camel.yaml");
        Files.writeString(file, "- route:\n    id: no-route\n    from: nowhere\n");
        try {
            Page page = browser.open(DESK, "/");
            Locator said = page.locator(".attention li", new Page.LocatorOptions().setHasText("no-route.camel.yaml"));
            assertThat(said).isVisible();
            said.locator("a").click();
            assertThat(page.locator("section", new Page.LocatorOptions().setHasText("Files that could not be taken"))).containsText("no-route.camel.yaml");
            browser.screenshot(page, "operate-site-refused");
            inspect(page, "operate-site-refused");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aScheduleIsPausedGoesOnAndPastDaysAreMadeUpForWithTheirRecords() {
        Page page = browser.open(DESK, "/schedules/his/daily-summary");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).click();
        page.locator("dialog input").fill("Year's end");
        page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause")).click();
        assertThat(page.locator(".box.warn")).containsText("Paused by bootstrap");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Resume")).click();
        assertThat(page.locator(".box.warn")).hasCount(0);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Backfill")).click();
        page.locator("dialog input[type=date]").first().fill("2026-11-18");
        page.locator("dialog input[type=date]").last().fill(DAY);
        assertThat(page.locator("dialog [role=status]")).containsText("4 occurrences would run. 1 are done or under way.");
        browser.screenshot(page, "operate-backfill");
        inspect(page, "operate-backfill");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run 4 occurrences")).click();
        assertThat(page.locator("dialog [role=status]")).containsText("4 occurrences are due now");
        page.keyboard().press("Escape");

        Locator day = page.locator(".lines li", new Page.LocatorOptions().setHasText("about 2026-11-20"));
        browser.go(page, "/schedules/his/daily-summary");
        assertThat(day.locator(".mark")).hasText("Done");
        assertThat(day).containsText("asked for by bootstrap");
        day.getByText("Records of this run").click();
        assertThat(page.locator(".rows .flow").first()).containsText("Hospital day");
    }

    @Test
    void theCalendarSaysWhichDaysAreWorkedAndWhatWasDue() {
        Page page = browser.open(DESK, "/schedules?view=month&day=2026-10-10");
        assertThat(page.locator("td.make-up").first()).containsText("work");
        assertThat(page.locator("td.off .note").first()).isVisible();
        browser.go(page, "/schedules?view=month&day=2027-02-10");
        assertThat(page.locator(".box.warn")).containsText("has not announced the days off of 2027");
        browser.go(page, "/schedules?view=week&day=" + DAY);
        page.getByLabel("Week before").click();
        assertThat(page).hasURL(Pattern.compile(".*day=2026-11-15.*"));
        page.goBack();
    }

    @Test
    void aLogComesInByItselfUnlessItIsPaused() throws Exception {
        Page page = browser.open(DESK, "/plugins/his?tab=log");
        stray("log-1");
        assertThat(page.locator(".logs li", new Page.LocatorOptions().setHasText("Refused")).first()).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).click();
        int before = page.locator(".logs li").count();
        stray("log-2");
        assertThat(page.getByText("New lines have come")).isVisible();
        assertThat(page.locator(".logs li")).hasCount(before);
        page.getByText("New lines have come").click();
        assertThat(page.locator(".logs li")).not().hasCount(before);
        page.getByLabel("Search in the log").fill("no such line");
        assertThat(page.locator(".log .empty")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*q=no.such.line.*"));
    }

    /** Figures for the bench's README; what they must not be is only that the page holds all rows at once. */
    @Test
    void theFirstPaintAndALongListAreMeasured() {
        List<Double> paints = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Page page = browser.open(DESK, "/");
            page.locator(".map .plan").waitFor();
            page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length > 0"); // told a frame later
            paints.add(((Number) page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")).doubleValue());
            whole.add(((Number) page.evaluate("() => performance.now()")).doubleValue());
            browser.closePages();
        }
        System.out.printf("console: first contentful paint %.0f ms, live map drawn after %.0f ms (median of 5, each with an empty cache)%n",
                median(paints), median(whole));

        Page page = browser.open(DESK, "/records?contract=his.visit.v1");
        assertThat(page.locator(".rows .flow").first()).isVisible();
        Object measured = page.evaluate("""
                async () => {
                  const gaps = [];
                  let last = performance.now();
                  let most = 0;
                  const until = last + 30000;
                  const shown = () => Number([...document.querySelectorAll('.rows [data-index]')].at(-1)?.dataset.index ?? 0);
                  while (performance.now() < until && shown() < %d) {
                    window.scrollBy(0, 600);
                    await new Promise(requestAnimationFrame);
                    const now = performance.now();
                    gaps.push(now - last);
                    last = now;
                    most = Math.max(most, document.querySelectorAll('.rows .flow').length);
                  }
                  gaps.sort((a, b) => a - b);
                  return [shown() + 1, gaps.length, gaps[Math.floor(gaps.length * 0.5)], gaps[Math.floor(gaps.length * 0.95)], gaps.at(-1), most];
                }""".formatted(MANY / 2));
        List<?> figures = (List<?>) measured;
        System.out.printf("console: scrolled through %s rows in %s frames of %s ms (half), %s ms (95 %%), %s ms (longest); at most %s rows in the page%n",
                figures.toArray());
        assertThat(((Number) figures.get(5)).intValue()).as("rows in the page at once").isLessThan(120);
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
    }

    private void inspect(Page page, String name) {
        SoftAssertions softly = new SoftAssertions();
        browser.inspect(page, name, softly);
        softly.assertAll();
    }
}
