package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.system.ConsoleBrowser.Look;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.system.CountyAnswers.BEFORE;
import static org.yuzui.system.CountyAnswers.FORM;
import static org.yuzui.system.CountyAnswers.NOW;

/**
 * A month of a form that all counties answer, on the packaged hub: a province head looks at the map and opens a total, a city reviewer
 * works through the inbox, a county clerk answers what was returned and brings a workbook back. The guide {@code reporting.md} tells
 * the same; its pictures are made here.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReportingConsoleTest extends InTheConsole {

    private static final Look DESK = new Look("en", 1280, "light");
    private static final String REPORT = "/reports/" + FORM + "/" + NOW;
    private static final String JINJIANG = "510104";
    private static final String SURVEY = "energy-survey-quarter";
    private static final String QUARTER = NOW.getYear() + "-Q" + (1 + (NOW.getMonthValue() - 1) / 3);
    /** Nothing has been on its way for some frames: a view is loaded, then what it shows, then what that is made of. */
    private static final String CALM = """
            () => (window.calm = document.querySelector('[aria-busy=true]') ? 0 : (window.calm ?? 0) + 1) > 15""";
    private static final String OFFICE = "510104-G01";

    private CountyAnswers answers;

    @BeforeAll
    void start() throws Exception {
        site = Site.create("reporting-console");
        CountyAnswers.writeForm(site);
        site.keepOnlyHospitals();
        site.startAt(CountyAnswers.TODAY);
        rest = site.rest();
        Awaitility.await("the form is there").atMost(Site.PATIENCE).until(() -> rest.get("/api/v1/forms").toString().contains(FORM));
        answers = CountyAnswers.handIn(rest);
        openBrowser();
    }

    // Four looks hold every pair of language, width and shade.
    @Order(1)
    @ParameterizedTest
    @CsvSource({"zh,1280,light", "en,1280,dark", "zh,390,dark", "en,390,light"})
    void everyPageIsWhole(String language, int width, String shade) throws Exception {
        Look look = new Look(language, width, shade);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("home", "/reports");
        pages.put("home-county", "/reports?unit=" + JINJIANG);
        pages.put("heat", "/reports/" + FORM);
        pages.put("heat-words", "/reports/" + FORM + "?view=words&only=RETURNED");
        pages.put("table", REPORT);
        pages.put("table-city", REPORT + "?unit=510300");
        pages.put("table-county", REPORT + "?unit=" + JINJIANG);
        pages.put("drill", REPORT + "?cell=electricity");
        pages.put("drill-ratio", REPORT + "?cell=perCapita&at=510100");
        pages.put("drill-signed", REPORT + "?cell=electricity&at=" + JINJIANG);
        pages.put("longer", "/reports/" + FORM + "/" + NOW.getYear());
        pages.put("compare", REPORT + "?view=compare&indicator=electricity");
        pages.put("tiles", REPORT + "?view=tiles&indicator=electricity");
        pages.put("trend", REPORT + "?view=trend&indicators=electricity,perCapita");
        pages.put("groups", REPORT + "?view=groups");
        pages.put("forecast", REPORT + "?view=forecast");
        pages.put("feedback", REPORT + "?view=feedback&unit=" + JINJIANG);
        pages.put("inbox", "/reports/reviews?unit=510100");
        pages.put("inbox-item", "/reports/reviews?unit=510100&item=" + FORM + "~" + NOW + "~" + JINJIANG);
        pages.put("inbox-empty", "/reports/reviews?unit=" + JINJIANG);
        pages.put("answer", REPORT + "/answer/" + JINJIANG);
        pages.put("answer-file", REPORT + "/answer/" + JINJIANG + "?tab=file");
        pages.put("answer-history", REPORT + "/answer/" + JINJIANG + "?tab=history");
        pages.put("answer-survey", "/reports/" + SURVEY + "/" + QUARTER + "/answer/" + OFFICE);
        SoftAssertions softly = new SoftAssertions(); // one run shows all that is wrong
        Page page = browser.open(look, "/");
        for (Map.Entry<String, String> e : pages.entrySet()) {
            browser.go(page, e.getValue());
            page.waitForFunction(CALM);
            assertThat(page.locator("main [role=alert]")).hasCount(0);
            browser.screenshot(page, "reporting-" + e.getKey() + "-" + look);
            browser.inspect(page, "reporting-" + e.getKey() + "-" + look, softly);
        }
        softly.assertAll();
    }

    @Order(2)
    @Test
    void theMapShowsAllBureausAndIsWalkedByKeyboard() {
        Page page = browser.open(DESK, "/reports/" + FORM);
        assertThat(page.locator(".heat tbody tr")).hasCount(1 + 21 + answers.counties());
        page.locator(".heat a.tile").first().focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        Locator cell = page.locator(".heat a.tile:focus");
        assertThat(cell).hasAttribute("aria-label", Pattern.compile("Chengdu Eastern New Area · " + BEFORE + ".*"));
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/reports/" + FORM + "/" + BEFORE + "\\?unit=510100-DB"));
        page.goBack();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Chengdu").setExact(true)).click();
        assertThat(page).hasURL(Pattern.compile(".*closed=510100.*"));
        assertThat(page.locator(".heat tbody tr", text("Jinjiang District"))).hasCount(0);
        button(page, "Close all cities").click();
        assertThat(page.locator(".heat tbody tr")).hasCount(1 + 21);
        browser.go(page, "/reports/" + FORM);
        page.locator(".heat-legend .key", text("Returned")).click();
        assertThat(page.locator(".heat a.RETURNED").first()).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*only=RETURNED.*"));
        browser.screenshot(page, "reporting-tour-map-returned");
        button(page, "In words").click();
        assertThat(page.locator(".grid tbody tr").first()).containsText("Sichuan");
        browser.screenshot(page, "reporting-tour-map");
    }

    @Order(3)
    @Test
    void aTotalOpensDownToTheSignedCellAndTheWayBackUp() throws Exception {
        Page page = browser.open(DESK, REPORT);
        JsonNode table = rest.get("/api/v1/reports/" + FORM + "/" + NOW + "/table");
        assertThat(page.locator(".headline .complete")).hasText(table.at("/total/received").asInt() + "/" + table.at("/total/expected").asInt());
        assertThat(page.locator(".box.warn").first()).containsText("to be answered by", new LocatorAssertions.ContainsTextOptions().setIgnoreCase(true));
        browser.screenshot(page, "reporting-tour-table");
        page.locator(".form-table tr", text("Electricity kWh")).locator("td.total a").click();
        Locator dialog = page.locator("dialog");
        assertThat(dialog.locator(".big-figure")).containsText(shown(table.at("/total/values/electricity").decimalValue()));
        browser.screenshot(page, "reporting-tour-drill");
        dialog.locator("tbody a", new Locator.LocatorOptions().setHasText("Chengdu")).click();
        dialog.locator("tbody a", new Locator.LocatorOptions().setHasText("Jinjiang")).click();
        assertThat(dialog.locator(".path b")).hasText("Jinjiang District");
        JsonNode export = rest.get("/api/v1/reports/" + FORM + "/" + NOW + "/export?unit=" + JINJIANG);
        assertThat(dialog.locator(".digest")).hasText(export.at("/submissions/0/digest").asText());
        assertThat(dialog.locator(".signed")).containsText("bootstrap");
        browser.screenshot(page, "reporting-tour-signed");
        dialog.locator(".path a", new Locator.LocatorOptions().setHasText("Chengdu")).click();
        assertThat(dialog.locator("tbody tr", new Locator.LocatorOptions().setHasText("Jinjiang"))).isVisible();
        page.keyboard().press("Escape");
        assertThat(dialog).hasCount(0);

        button(page, "Recount").click();
        assertThat(page.locator(".box.good")).containsText("all totals are the same");
        browser.screenshot(page, "reporting-tour-recount");
    }

    @Order(4)
    @Test
    void aMovedCountyIsSeenAsReportedAndByTodaysTree() {
        Page page = browser.open(DESK, "/reports/" + FORM + "/" + BEFORE);
        assertThat(page.locator(".report-table .box.warn")).containsText("Units have changed since");
        button(page, "Beside today’s units").click();
        assertThat(page).hasURL(Pattern.compile(".*restated=1.*"));
        Locator electricity = page.locator(".form-table tr", text("Electricity kWh")).first();
        assertThat(electricity.locator(".again.other")).hasCount(2); // it left one city, and came to another
        browser.screenshot(page, "reporting-tour-restated");
    }

    @Order(5)
    @Test
    void theTablePrintsOnPaper() {
        Page page = browser.open(new Look("zh", 1280, "dark"), REPORT);
        assertThat(page.locator(".form-table").first()).isVisible();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".shell > header")).isHidden();
        assertThat(page.locator(".form-table.many")).isHidden();
        assertThat(page.locator(".form-table.paper")).hasCount(3);
        Number wider = (Number) page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(wider.intValue()).as("what would be cut off").isLessThanOrEqualTo(0);
        byte[] pdf = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true).setPath(Path.of(System.getProperty("yuzui.screenshots"), "reporting-print.pdf")));
        assertThat(pdf.length).isGreaterThan(10_000);
        browser.screenshot(page, "reporting-print");
    }

    @Order(6)
    @Test
    void filesOfTheTableAreSaved() {
        Page page = browser.open(DESK, REPORT + "?unit=510100");
        page.locator(".export-menu summary").click();
        for (String[] kind : new String[][] {{"Workbook (XLSX)", ".xlsx"}, {"CSV", ".csv"}, {"PDF", ".pdf"}, {"Everything", ".json"}}) {
            Download download = page.waitForDownload(() -> page.locator(".export-menu a", text(kind[0])).click());
            assertThat(download.suggestedFilename()).endsWith(kind[1]);
            assertThat(download.failure()).isNull();
        }
    }

    @Order(7)
    @Test
    void aReviewerReturnsACellAndAcceptsTheOthers() throws Exception {
        Page page = browser.open(DESK, "/reports/reviews?unit=510100");
        int waiting = rest.get("/api/v1/reviews?unit=510100").path("waiting").size();
        assertThat(page.locator(".waiting li")).hasCount(waiting);
        assertThat(page.locator("#reviewing-heading")).isVisible();
        String first = page.locator("#reviewing-heading").textContent();
        page.keyboard().press("j");
        assertThat(page.locator("#reviewing-heading")).not().hasText(first);
        page.keyboard().press("k");
        assertThat(page.locator("#reviewing-heading")).hasText(first);

        page.locator(".waiting li a", text("Jinjiang District")).click();
        page.getByLabel("Object to Electricity").click();
        page.getByLabel("Reason for Electricity").fill("Not what the bill says");
        page.getByLabel("Working days to answer").fill("2");
        browser.screenshot(page, "reporting-tour-return");
        button(page, "Return (1 reason)").click();
        assertThat(page.locator(".waiting li")).hasCount(waiting - 1);
        JsonNode standing = answers.standing(NOW, JINJIANG);
        assertThat(standing.path("state").asText()).isEqualTo("RETURNED");
        assertThat(standing.path("answerBy").asText()).isNotEmpty();

        page.locator(".waiting li", text("warning")).first().locator("a").click();
        assertThat(page.locator(".box.warn").first()).containsText("up by more than 30 %");
        browser.screenshot(page, "reporting-tour-warning");
        Locator ticks = page.locator(".waiting li input");
        ticks.nth(0).check();
        ticks.nth(1).check();
        ticks.nth(2).check();
        button(page, "Accept 3 chosen").click();
        page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Accept").setExact(true)).click();
        assertThat(page.locator("dialog [role=status]")).hasText("3 of 3 accepted");
        browser.screenshot(page, "reporting-tour-accepted");
        page.keyboard().press("Escape");
        assertThat(page.locator(".waiting li")).hasCount(waiting - 4);
        page.locator(".deciding").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Accept").setExact(true)).click();
        assertThat(page.locator(".waiting li")).hasCount(waiting - 5);
    }

    @Order(8)
    @Test
    void aClerkAnswersWhatWasReturned() throws Exception {
        Page page = browser.open(DESK, "/reports?unit=" + JINJIANG);
        page.locator(".duties a", text(NOW.toString())).click();
        assertThat(page.locator(".came-back")).containsText("Not what the bill says");
        assertThat(page.locator(".came-back")).containsText("To be answered by");
        Locator electricity = page.locator("#cell-electricity");
        assertThat(page.locator(".cell.returned")).containsText("Not what the bill says");
        electricity.fill("many");
        assertThat(page.locator(".cell.hard .why")).containsText("is not a number");
        browser.screenshot(page, "reporting-tour-wrong-cell");
        electricity.fill("1,005.25");
        assertThat(page.locator(".kept")).containsText("The draft was kept");
        assertThat(rest.get(CountyAnswers.path(NOW, JINJIANG)).at("/draft/values/electricity").asText()).isEqualTo("1005.25");
        assertThat(page.locator(".cell", text("Energy kgce")).locator("output")).hasText("123.545");
        page.reload();
        assertThat(page.locator("#cell-electricity")).hasValue("1005.25");

        page.locator("#cell-people").fill("");
        button(page, "Hand in again").click();
        assertThat(page.locator(".box.bad")).containsText("Energy users");
        page.locator("#cell-people").fill("0");
        button(page, "Hand in again").click();
        assertThat(page.locator(".box.bad")).containsText("Energy without people");
        page.locator("#cell-people").fill("40");
        page.locator(".note input").fill("Read from the meter again");
        browser.screenshot(page, "reporting-tour-answer");
        button(page, "Hand in again").click();
        assertThat(page.locator(".handing [role=status]")).containsText("version 2");
        assertThat(page.locator(".came-back")).hasCount(0);
        page.locator(".tabs a", text("Versions")).click();
        assertThat(page.locator(".diff tr", text("Electricity")).locator(".after")).hasText("1,005.25");
        assertThat(page.locator(".versions li").first()).containsText("Read from the meter again");
        browser.screenshot(page, "reporting-tour-history");
        assertThat(answers.standing(NOW, JINJIANG).path("state").asText()).isEqualTo("IN_REVIEW");
        onlyRefusals();
    }

    @Order(9)
    @Test
    void aWorkbookMadeByTheHubComesBackFilledIn() throws Exception {
        Page page = browser.open(DESK, "/reports/" + SURVEY + "/" + QUARTER + "/answer/" + OFFICE + "?tab=file");
        Download download = page.waitForDownload(() -> page.locator("a.take-link").click());
        assertThat(download.suggestedFilename()).isEqualTo(SURVEY + "-" + QUARTER + "-" + OFFICE + ".xlsx");
        Path filled = site.home.resolve("填报.xlsx");
        FilledBook.save(download.path(), filled, Map.of("nature", "1 国家机关", "area", 12_000, "people", 200, "electricity", "about a lot", "water", -3));
        page.locator(".drop input").setInputFiles(filled);
        assertThat(page.locator(".failures li")).hasCount(2);
        assertThat(page.locator(".failures")).containsText("能源资源消费状况!D2");
        assertThat(page.locator(".failures")).containsText("must not be negative");
        browser.screenshot(page, "reporting-tour-file-refused");

        FilledBook.save(download.path(), filled, Map.of("nature", "1 国家机关", "area", 12_000, "people", 200, "electricity", 38_089.78, "water", 512.5));
        page.locator(".drop input").setInputFiles(filled);
        assertThat(page.locator(".box.good")).containsText("version 1");
        browser.screenshot(page, "reporting-tour-file-taken");
        JsonNode newest = rest.get("/api/v1/submissions/" + SURVEY + "/" + QUARTER + "/" + OFFICE).at("/submissions/0");
        assertThat(newest.at("/values/electricity").decimalValue()).isEqualByComparingTo("38089.78");
        assertThat(newest.at("/by/door").asText()).isEqualTo("xlsx");
        page.locator(".tabs a", text("Fill in here")).click();
        assertThat(page.locator("#cell-electricity")).hasValue("38089.78");
        browser.screenshot(page, "reporting-tour-survey");
        onlyRefusals();
    }

    /** A browser tells of every answer that says no, also of those that were asked for. */
    private void onlyRefusals() {
        assertThat(browser.complaints()).allMatch(c -> c.contains("422"));
    }

    @Order(10)
    @Test
    void aFigureIsDisputedAndItsClockRuns() throws Exception {
        Page page = browser.open(DESK, REPORT + "?view=feedback&unit=" + JINJIANG);
        page.getByLabel("Dispute Electricity").click();
        page.locator("dialog input").fill("1,004");
        page.locator("dialog textarea").fill("The meter was changed on the 12th");
        page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Dispute").setExact(true)).click();
        assertThat(page.locator(".dispute .clock")).containsText("Chengdu has to answer by");
        assertThat(page.locator(".held tr", text("Electricity"))).containsText("disputed");
        browser.screenshot(page, "reporting-tour-dispute");
        page.locator(".dispute input").fill("The change was counted");
        button(page, "Reject").click();
        assertThat(page.locator(".dispute .mark").first()).hasText("Rejected");
        assertThat(rest.get("/api/v1/disputes?unit=" + JINJIANG).at("/disputes/0/state").asText()).isEqualTo("REJECTED");
    }

    @Order(11)
    @Test
    void theProvinceComparesItsCities() {
        Page page = browser.open(DESK, REPORT + "?view=compare");
        page.getByLabel("Indicator").selectOption("electricity");
        assertThat(page).hasURL(Pattern.compile(".*indicator=electricity.*"));
        assertThat(page.locator(".compare tbody tr")).hasCount(1 + 21);
        browser.screenshot(page, "reporting-tour-compare");
        page.locator(".tabs a", text("Cities")).click();
        assertThat(page.locator(".city")).hasCount(21);
        page.getByLabel("Colour and number").selectOption("changeOfPrevious");
        assertThat(page.locator(".city b").first()).containsText("%");
        browser.screenshot(page, "reporting-tour-cities");
        page.locator(".tabs a", text("Trend")).click();
        assertThat(page.locator(".trend-room canvas")).isVisible();
        assertThat(page.locator(".grid tbody tr", text(BEFORE.toString()))).containsText("/");
        browser.screenshot(page, "reporting-tour-trend");
        page.locator(".tabs a", text("Forecast")).click();
        assertThat(page.locator(".risks tbody tr").first()).isVisible();
        browser.screenshot(page, "reporting-tour-forecast");
    }

    private static String shown(BigDecimal value) {
        return String.format(Locale.UK, "%,.2f", value);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first();
    }

    private static Page.LocatorOptions text(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }
}
