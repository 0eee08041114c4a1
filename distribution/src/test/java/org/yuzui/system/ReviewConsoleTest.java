package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.KeyboardModifier;
import com.microsoft.playwright.options.AriaRole;
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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An admin's day of message review on the packaged hub, with three real troubles: a hospital that writes another charset than it
 * says, a ledger in which a voucher doesn't balance, and a sink that is down. Each is found from the overview, mended,
 * sent on, and seen to arrive. The guide {@code review.md} tells the same; its pictures are made here.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReviewConsoleTest extends InTheConsole {

    private static final Look DESK = new Look("en", 1280, "light");
    private static final String DAY = "2026-11-22";
    /** With {@code -Dyuzui.tour=whole} the tour of the guide, with its 20,000 messages. */
    private static final boolean WHOLE = System.getProperty("yuzui.tour", "").equals("whole");
    private static final int SOUND = WHOLE ? 16_500 : 200;
    private static final int WRONG = WHOLE ? 312 : 40;
    private static final int LATER = WHOLE ? 3_200 : 60;
    private BureauSink bureau;

    @BeforeAll
    void start() throws Exception {
        site = Site.create("review");
        site.keepOnly("plugins", "-his-", "-finance-");
        site.keepOnly("routes", "visits-to-csv");
        Files.createDirectories(site.home.resolve("out"));
        site.start();
        rest = site.rest();
        rest.awaitState("finance", "RUNNING");
        site.yuzui("demo", "send-hl7", "--count", "" + SOUND, "--to", DAY).ok();
        site.yuzui("demo", "send-hl7", "--count", "" + WRONG, "--to", DAY, "--facilities", "H510107", "--seed", "9", "--wrong-charset");
        site.yuzui("demo", "send-finance", "--unbalanced", "--patience", "30");
        bureau = BureauSink.down(site, rest);
        site.yuzui("demo", "send-hl7", "--count", "" + LATER, "--to", DAY, "--seed", "7").ok();
        bureau.awaitGivenUp();
        openBrowser();
    }

    // Four looks hold every pair of language, width and shade.
    @Order(1)
    @ParameterizedTest
    @CsvSource({"zh,1280,light", "en,1280,dark", "zh,390,dark", "en,390,light"})
    void everyPageOfReviewIsWhole(String language, int width, String shade) throws Exception {
        Look look = new Look(language, width, shade);
        String stored = flow("status=DEAD&contract=his.visit.v1").path("id").asText();
        String refused = flow("causeCode=charset&status=REFUSED").path("id").asText();
        SoftAssertions softly = new SoftAssertions(); // one run shows all that is wrong
        Page page = browser.open(look, "/");
        look(page, look, softly, "review-overview", "/");
        look(page, look, softly, "review-records", "/records?status=REFUSED,DEAD,RETRYING");
        page.locator(".rows .pick input").first().check();
        shown(page, look, softly, "review-records-chosen");
        look(page, look, softly, "review-trouble", "/trouble");
        page.locator(".cause-group .do button").first().click();
        assertThat(page.locator(".preview")).isVisible();
        shown(page, look, softly, "review-replay-asked");
        look(page, look, softly, "review-replays", "/replays");
        look(page, look, softly, "review-record", "/records/" + stored);
        if (width > 500) { // arrival, what was published and what a sink was given, side by side
            for (int i = 0; i < 3; i++) {
                if (page.locator(".stages [aria-pressed=true]").count() < 3) {
                    page.locator(".stages [aria-pressed=false]:not(.gone)").first().click();
                }
            }
            shown(page, look, softly, "review-record-three");
        }
        look(page, look, softly, "review-record-refused", "/records/" + refused);
        page.locator(".headline .acts button").last().scrollIntoViewIfNeeded();
        button(page, language.equals("zh") ? "复制为测试用例…" : "Copy as test case…").click();
        assertThat(page.locator("dialog")).isVisible();
        shown(page, look, softly, "review-test-case");
        look(page, look, softly, "review-mend", "/records/" + refused + "/mend");
        page.locator(".mend-page input").fill("seen by the test");
        page.keyboard().press("Enter");
        assertThat(page.locator(".text-diff .cm-editor").first()).isVisible();
        shown(page, look, softly, "review-mend-open");
        softly.assertAll();
    }

    @Order(2)
    @Test
    void aWrongCharsetIsFoundInThreeClicksMendedLetInAndArrives() throws Exception {
        Page page = browser.open(DESK, "/");
        page.locator(".attention a", text("MSH-18")).click();
        assertThat(page.locator(".cause-group .many b")).hasText(String.valueOf(WRONG));
        assertThat(page.locator(".cause-group .cure")).containsText("charset");
        page.locator(".cause-group .title").click();
        page.locator(".rows .flow a").first().click();
        assertThat(page.locator(".trouble .what")).containsText("MSH-18");
        browser.screenshot(page, "review-tour-charset");

        page.locator(".button-link").click();
        page.locator(".mend-page input").fill("Mended after a call with the hospital");
        page.keyboard().press("Enter");
        Locator mended = page.locator(".cm-merge-b .cm-content");
        assertThat(mended).containsText("测试^");
        button(page, "Try it").click();
        assertThat(page.locator(".dry-run")).containsText("New");
        browser.screenshot(page, "review-tour-mend");
        button(page, "Let it in").click();
        assertThat(page.locator("#sent-heading")).isVisible();
        Locator child = page.locator(".lines li", text("Visit"));
        assertThat(child).isVisible();
        browser.screenshot(page, "review-tour-mended");
        child.locator("a").click();
        assertThat(page.locator(".way")).containsText("Stored");
        page.locator(".lines li", text("Settled")).locator("a").click();
        assertThat(page.locator(".headline .mark").first()).hasText("Settled");
        assertThat(page.locator(".trouble .what")).containsText("MSH-18"); // the error stays where it was
    }

    @Order(3)
    @Test
    void anUnbalancedLedgerIsFoundInOneSearchMendedLetInAndArrives() throws Exception {
        Page page = browser.open(DESK, "/records");
        page.keyboard().press("/");
        page.keyboard().type("debit");
        page.keyboard().press("Enter");
        facet(page, "Cause", "voucher-unbalanced").click();
        page.locator(".rows .flow a").first().click();
        assertThat(page.locator(".trouble .what")).containsText("debit");
        button(page, "Show…").click();
        page.locator("dialog input").fill("Looking for the voucher");
        page.keyboard().press("Enter");
        assertThat(page.locator(".raw.xml .wrong").first()).containsText("this is wrong");
        browser.screenshot(page, "review-tour-ledger");
        page.locator(".button-link").click();
        page.locator(".mend-page input:not([hidden])").first().fill("Finance told us the amount");
        page.keyboard().press("Enter");
        page.locator(".lines-named button").first().click();
        // Its balances say which of the two amounts is wrong: a try with the other one is refused.
        String said = page.locator(".mend-page .trouble .what").innerText();
        Matcher amounts = Pattern.compile("debit ([0-9.]+) is not credit ([0-9.]+?)\\.\\s").matcher(said);
        assertThat(amounts.find()).as(said).isTrue();
        Locator credit = page.locator(".cm-merge-b .cm-line", text("贷方本币金额>" + amounts.group(2))).first();
        credit.click();
        page.keyboard().press("Home");
        page.keyboard().press("Shift+End");
        page.keyboard().type("<贷方本币金额>" + amounts.group(1) + "</贷方本币金额>");
        page.locator(".back").click(); // whoever leaves is asked first; this browser says no
        button(page, "Try it").click();
        assertThat(page.locator(".dry-run")).containsText("New");
        assertThat(page.locator(".dry-run .bad")).hasCount(0);
        browser.screenshotWhole(page, "review-tour-ledger-mended");
        button(page, "Let it in").click();
        assertThat(page.locator("#sent-heading")).isVisible();
        assertThat(page.locator(".lines li").first()).containsText("Delivered");
        browser.screenshot(page, "review-tour-ledger-arrived");
        assertThat(site.home.resolve("in/finance/.done")).isDirectoryContaining("glob:**_unbalanced.xml");
        assertThat(rest.flows("finance.voucher.v1")).isNotEmpty();
    }

    @Order(4)
    @Test
    void aChoiceReachesOverAllThatMatchesAndBackKeepsIt() {
        Page page = browser.open(DESK, "/records");
        facet(page, "Cause", "charset").click();
        assertThat(page.locator(".chip", text("charset"))).isVisible();
        facet(page, "Status", "Refused").click();
        Locator rows = page.locator(".rows .pick input");
        rows.nth(0).check();
        rows.nth(2).click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
        assertThat(page.locator(".chosen-bar b")).hasText("3 chosen");
        button(page, "Choose all").click();
        assertThat(page.locator(".chosen-bar b")).containsText(Pattern.compile("^All (" + (WRONG - 1) + "|that the filters match)"));
        String address = page.url();
        page.locator(".rows .flow a").first().click();
        assertThat(page.locator(".way")).isVisible();
        page.goBack();
        assertThat(page.locator(".chosen-bar b")).containsText(Pattern.compile("^All (" + (WRONG - 1) + "|that the filters match)"));
        assertThat(page.url()).isEqualTo(address);
        button(page, "Replay…").click();
        assertThat(page.locator(".preview .fresh dd")).hasText(String.valueOf(WRONG - 1));
        page.keyboard().press("Escape");
        button(page, "Clear").click();
        assertThat(page.locator(".chosen-bar")).hasCount(0);
        page.keyboard().press("j");
        page.locator(".rows a:focus").waitFor();
        page.keyboard().press("x");
        assertThat(page.locator(".chosen-bar b")).hasText("1 chosen");
    }

    @Order(4)
    @Test
    void aShortLinkShowsWhatWasFoundTomorrowToo() throws Exception {
        Page page = browser.open(DESK, "/records?status=REFUSED&causeCode=charset&time=week");
        assertThat(page.locator(".rows .flow").first()).isVisible();
        Response kept = page.waitForResponse("**/api/v1/links", () -> button(page, "Copy link").click());
        String id = Rest.JSON.readTree(kept.text()).path("id").asText();
        assertThat(id).hasSize(10);
        browser.go(page, "/l/" + id);
        assertThat(page).hasURL(Pattern.compile(".*/records\\?.*causeCode=charset.*"));
        assertThat(page.locator(".chip", text("charset"))).isVisible();
        assertThat(page.url()).as("a range that moves is fixed").contains("from=").doesNotContain("time=");
        assertThat(page.locator(".rows .flow").first()).isVisible();
    }

    @Order(4)
    @Test
    void whoIsNotKnownAnyMoreIsAskedAgainAndFindsTheListAsItWas() {
        Page page = browser.open(DESK, "/records?status=REFUSED");
        assertThat(page.locator(".rows .flow").first()).isVisible();
        page.context().clearCookies();
        page.keyboard().press("r");
        assertThat(page.locator("input[type=password]")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/records\\?status=REFUSED$"));
        assertThat(browser.complaints()).as("of calls by nobody").allMatch(c -> c.contains("401"));
    }

    @Order(4)
    @Test
    void whatCannotBeReadIsNotSaidToBeNothing() {
        Page page = browser.open(DESK, "/records");
        page.route(Pattern.compile(".*/api/v1/(forms|schedule-days|causes|plugins).*"), Route::abort);
        browser.go(page, "/");
        assertThat(page.locator(".today [role=alert]")).isVisible();
        assertThat(page.locator(".attention [role=alert]")).isVisible();
        assertThat(page.locator(".today")).not().containsText("No forms");
        assertThat(page.locator("[aria-busy=true]")).hasCount(0);
        browser.complaints();
        page.unrouteAll();
        page.locator(".today [role=alert] button").click();
        assertThat(page.locator(".today [role=alert]")).hasCount(0);
    }

    @Order(5)
    @Test
    void whatIsFoundBecomesAWorkbook() throws Exception {
        Page page = browser.open(DESK, "/records?status=REFUSED");
        button(page, "Export").click();
        Download download = page.waitForDownload(() -> page.locator("dialog .foot button").click());
        assertThat(page.locator("dialog .count")).containsText("exported");
        String sheet = "";
        try (InputStream in = Files.newInputStream(download.path()); ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                if (e.getName().endsWith("sheet1.xml")) {
                    sheet = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        assertThat(sheet).contains("Status", "Refused", "charset").doesNotContain("<f>");
        assertThat(sheet.split("<row>", -1)).hasSize(WRONG - 1 + 2);
    }

    @Order(6)
    @Test
    void allOfAWrongCharsetGoInOnceTheFacilityIsReadByItsOwn() throws Exception {
        site.yuzui("plugin", "set", "his", "facilities.H510107.charset=GB18030", "facilities.H510107.ignoreDeclared=true").ok();
        rest.awaitState("his", "RUNNING");
        Page page = browser.open(DESK, "/trouble");
        Locator group = page.locator(".cause-group", text("MSH-18")).first();
        group.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Replay all…")).click();
        assertThat(page.locator(".preview .fresh dd")).hasText(String.valueOf(WRONG - 1));
        page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Replay " + (WRONG - 1) + " records")).click();
        assertThat(page.locator("dialog [role=status]")).hasText("Done", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        assertThat(page.locator("dialog .tally .done")).hasText(WRONG - 1 + " sent on");
        browser.screenshot(page, "review-tour-charset-replayed");
        page.keyboard().press("Escape");
        assertThat(page.locator(".cause-group", text("MSH-18"))).hasCount(0);
    }

    @Order(7)
    @Test
    void contentsAreSearchedOnceTheCostIsKnown() {
        Page page = browser.open(DESK, "/records?contract=his.visit.v1");
        page.locator("#omnibox").fill("inpatient");
        page.locator("[role=option]", text("In the contents")).click();
        assertThat(page.locator(".preview .fresh dd")).not().hasText("0");
        assertThat(page.locator(".headline .mark")).hasText("Waits for you");
        browser.screenshot(page, "review-contents");
        button(page, "Begin").click();
        assertThat(page.locator(".headline .mark")).hasText("Done");
        assertThat(page.locator(".rows .flow").first()).isVisible();
    }

    @Order(8)
    @Test
    void aSinkIsUpAgainAndAllThatItGaveUpArrives() throws Exception {
        bureau.awaitGivenUp(); // what was mended too
        int dead = bureau.dead();
        Page page = browser.open(DESK, "/trouble");
        Locator group = page.locator(".cause-group", text("out/bureau")).first();
        assertThat(group.locator(".mark")).hasText("Dead letter");
        bureau.comesUp();
        browser.screenshot(page, "review-tour-sink");

        group.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Replay all…")).click();
        assertThat(page.locator(".preview .fresh dd")).hasText(number(dead));
        page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Replay " + number(dead) + " records")).click();
        assertThat(page.locator("dialog [role=status]")).hasText("Done", new LocatorAssertions.HasTextOptions().setTimeout(180_000));
        assertThat(page.locator("dialog .tally .done")).hasText(number(dead) + " sent on");
        browser.screenshot(page, "review-tour-replayed");
        page.keyboard().press("Escape");
        assertThat(page.locator(".cause-group", text("out/bureau"))).hasCount(0);
        Awaitility.await("the sink has all").atMost(Site.PATIENCE).untilAsserted(() -> assertThat(bureau.files()).isEqualTo(dead));
        browser.go(page, "/replays");
        assertThat(page.locator(".lines li").first()).containsText("Done");
    }

    @Order(9)
    @Test
    void whatNobodyNeedsIsDismissedWithAReason() throws Exception {
        site.yuzui("demo", "send-finance", "--wrong-charset", "--patience", "30");
        rest.flows("finance.voucher.v1");
        Page page = browser.open(DESK, "/records?status=REFUSED&plugin=finance");
        page.locator(".rows .flow a").first().click();
        button(page, "Dismiss…").click();
        Locator dismiss = page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Dismiss 1 record"));
        assertThat(dismiss).isDisabled();
        page.locator("dialog textarea").fill("Finance exports it again tomorrow");
        dismiss.click();
        assertThat(page.locator("dialog [role=status]")).hasText("Done");
        page.locator("dialog .foot a").click();
        assertThat(page.locator(".facts")).containsText("Finance exports it again tomorrow");
        page.goBack();
        assertThat(page.locator(".headline .mark").first()).hasText("Settled");
        assertThat(page.locator(".way a", text("Replay "))).isVisible(); // linked both ways
    }

    /** As the console writes it. */
    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void look(Page page, Look look, SoftAssertions softly, String name, String path) {
        browser.go(page, path);
        shown(page, look, softly, name);
    }

    private void shown(Page page, Look look, SoftAssertions softly, String name) {
        browser.screenshot(page, name + "-" + look);
        browser.inspect(page, name + "-" + look, softly);
    }

    private static Locator facet(Page page, String by, String value) {
        return page.locator(".facets section[aria-label='" + by + "'] button", text(value)).first();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first();
    }

    private static Page.LocatorOptions text(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private JsonNode flow(String query) throws Exception {
        return rest.get("/api/v1/records?limit=1&" + query).path("records").path(0);
    }
}
