package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.system.ConsoleBrowser.Look;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The console in a browser, against the packaged hub with real traffic: every page as everybody sees it, and what admins do all day. */
class ConsoleTest extends InTheConsole {

    private static final String DAY = "2026-11-22";
    private static final Look DESK = new Look("en", 1280, "light");

    @BeforeAll
    void start() throws Exception {
        site = Site.create("console");
        site.keepOnly("plugins", "-his-");
        site.start();
        rest = site.rest();
        site.yuzui("demo", "send-hl7", "--count", "600", "--to", DAY).ok();
        send("unknown", "MSH|^~\\&|HIS|NOWHERE|HUB|YUZUI|20261122083000||ADT^A01|STRAY|P|2.5\rPID|1||P1\rPV1|1|I|W^1^2\r");
        send("unknown-too", "MSH|^~\\&|HIS|NOWHERE|HUB|YUZUI|20261122083000||ADT^A01|STRAY2|P|2.5\rPID|1||P1\rPV1|1|I|W^1^2\r");
        site.yuzui("schedule", "run", "his/daily-summary", "--for", DAY).ok();
        rest.flows("his.visit.v1"); // all of it can be found
        openBrowser();
    }

    // Four looks hold every pair of language, width and shade.
    @ParameterizedTest
    @CsvSource({"zh,1280,light", "en,1280,dark", "zh,390,dark", "en,390,light"})
    void everyPageIsWhole(String language, int width, String shade) throws Exception {
        Look look = new Look(language, width, shade);
        String stored = flow("status=DELIVERED&contract=his.visit.v1").path("id").asText();
        String refused = flow("status=REFUSED").path("id").asText();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/");
        pages.put("records", "/records");
        pages.put("records-filtered", "/records?status=REFUSED&time=month&unit=510000&q=nowhere");
        pages.put("records-none", "/records?q=there-is-no-such-thing&status=DEAD&time=today");
        pages.put("record", "/records/" + stored);
        pages.put("record-refused", "/records/" + refused);
        pages.put("audit", "/audit");
        pages.put("plugins", "/plugins");
        pages.put("plugin", "/plugins/his");
        pages.put("plugin-settings", "/plugins/his?tab=settings");
        pages.put("plugin-versions", "/plugins/his?tab=versions");
        pages.put("plugin-history", "/plugins/his?tab=history");
        pages.put("schedules", "/schedules");
        pages.put("schedule", "/schedules/his/daily-summary");
        pages.put("reports", "/reports");
        pages.put("report", "/reports/hospital-daily/" + DAY + "?unit=510100");
        pages.put("report-unit", "/reports/hospital-daily/2026-11?unit=510104-H01");
        pages.put("lost", "/nowhere");

        SoftAssertions softly = new SoftAssertions(); // one run shows all that is wrong
        Page page = browser.open(look, "/");
        for (Map.Entry<String, String> e : pages.entrySet()) {
            browser.go(page, e.getValue());
            browser.screenshot(page, e.getKey() + "-" + look);
            browser.inspect(page, e.getKey() + "-" + look, softly);
        }
        if (width > 500) {
            page.keyboard().press("?");
            assertThat(page.locator("dialog")).isVisible();
            browser.inspect(page, "help-" + look, softly);
            browser.screenshot(page, "help-" + look);
        }
        assertThat(browser.complaints()).isEmpty();
        Page login = browser.stranger(look);
        browser.screenshot(login, "log-in-" + look);
        browser.inspect(login, "log-in-" + look, softly);
        assertThat(browser.complaints()).as("nobody is known yet").allMatch(c -> c.contains("401"));
        softly.assertAll();
    }

    @Test
    void aRecordIsFoundByItsKeyInOneSearchAndBackKeepsWhatWasLookedFor() throws Exception {
        JsonNode wanted = flow("status=DELIVERED&contract=his.visit.v1&unit=510104");
        String key = wanted.path("key").asText();
        Page page = browser.open(DESK, "/records?time=month");

        page.keyboard().press("/");
        page.keyboard().type("key:" + key);
        page.keyboard().press("Enter");
        assertThat(page.locator(".chip", text(key))).isVisible();
        assertThat(page.locator(".rows .flow")).hasCount((int) rest.flows("his.visit.v1").stream()
                .filter(f -> f.path("key").asText().equals(key)).count());
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        assertThat(page.locator(".rows .flow a").first()).isFocused();
        page.keyboard().press("Enter");

        assertThat(page.locator("h1")).hasText("Visit");
        assertThat(page.locator(".way")).containsText("Stored");
        assertThat(page.locator(".json")).containsText("admittedOn");
        page.goBack();
        assertThat(page.locator(".chip", text(key))).isVisible();
        assertThat(page.url()).contains("time=month").contains("key=");
        assertThat(page.locator(".flow.last")).isVisible();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Export")).click();
        page.locator("dialog select").selectOption("csv");
        Download download = page.waitForDownload(() -> page.locator("dialog .foot button").click());
        assertThat(Files.readString(download.path())).startsWith("\ufeffid,status,").contains(key);
        page.keyboard().press("Escape");
        page.locator("#omnibox").fill(wanted.path("id").asText());
        page.locator("#omnibox").press("Enter");
        assertThat(page.locator(".key.big")).hasText(key);
    }

    @Test
    void whyNothingIsFoundIsSaidAndMended() {
        Page page = browser.open(DESK, "/records?contract=his.visit.v1&status=DEAD");
        Locator without = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Without Status: Dead letter"));
        assertThat(page.locator(".nothing")).containsText("there are records");
        without.click();
        assertThat(page.locator(".rows .flow").first()).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Views")).click();
        page.locator("dialog input[type=text]").fill("All visits");
        page.keyboard().press("Enter");
        page.keyboard().press("Escape");
        page.navigate(page.url().replaceFirst("/records.*", "/records"));
        page.locator(".pinned").getByText("All visits").click();
        assertThat(page.locator(".chip", text("Visit"))).isVisible();
    }

    @Test
    void aSearchIsKeptForEverybody() {
        Page page = browser.open(DESK, "/records?status=REFUSED");
        button(page, "Views").click();
        page.locator("dialog input[type=text]").fill("What was refused");
        page.getByLabel("For everybody who uses this hub").check();
        button(page, "Save this search").click();
        assertThat(page.locator("dialog .lines li", text("What was refused"))).containsText("for everybody, by bootstrap");
        browser.screenshot(page, "views");
        inspect(page, "views");

        Page other = browser.open(DESK, "/records"); // another browser
        assertThat(other.locator(".pinned")).hasCount(0);
        button(other, "Views").click();
        other.locator("dialog .lines li", text("What was refused")).getByText("Pin", new Locator.GetByTextOptions().setExact(true)).click();
        other.keyboard().press("Escape");
        other.locator(".pinned").getByText("What was refused").click();
        assertThat(other.locator(".chip", text("Refused"))).isVisible();
        button(other, "Views").click();
        other.onceDialog(Dialog::accept);
        other.getByLabel("Delete What was refused").click();
        assertThat(other.locator(".pinned")).hasCount(0);
    }

    @Test
    void fromARecordOneGoesToTheNextAndBackToTheList() {
        Page page = browser.open(DESK, "/records?contract=his.visit.v1&status=DELIVERED");
        page.locator(".rows .flow a").first().click();
        Locator key = page.locator(".key.big");
        String first = key.innerText();
        page.keyboard().press("j");
        assertThat(key).not().hasText(first);
        assertThat(page.locator(".way")).containsText("Node");
        page.keyboard().press("k");
        assertThat(key).hasText(first);
        page.getByLabel("Next record").click();
        assertThat(key).not().hasText(first);
        page.goBack();
        assertThat(page.locator(".rows .flow").nth(1)).hasClass(Pattern.compile(".*\\blast\\b.*"));
        assertThat(page).hasURL(Pattern.compile(".*/records\\?contract=his.visit.v1&status=DELIVERED$"));
    }

    @Test
    void aCauseIsFoundInTheWordsInWhichItIsRead() {
        Page page = browser.open(new Look("zh", 1280, "light"), "/records?status=REFUSED");
        String said = page.locator(".rows .flow .cause").first().innerText();
        page.locator("#omnibox").fill(said.substring(0, Math.min(8, said.length())));
        browser.screenshot(page, "omnibox-cause");
        page.locator("[role=option] .sentence").first().click();
        assertThat(page.locator(".chip", text("同一原因"))).isVisible();
        assertThat(page.locator(".rows .flow .cause").first()).hasText(said);
        browser.go(page, "/records");
        page.locator("#omnibox").fill(said);
        page.keyboard().press("Enter"); // the ledger has it in other words
        page.locator(".nothing").getByText("查看此原因的记录").click();
        assertThat(page.locator(".rows .flow .cause").first()).hasText(said);
    }

    @Test
    void whatAReplayLeavesIsNamed() {
        Page page = browser.open(DESK, "/trouble");
        Locator group = page.locator(".cause-group", text("unknown-facility"));
        group.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Replay all…")).click();
        page.locator("dialog .foot button").last().click();
        assertThat(page.locator("dialog .tally .failed")).containsText("stopped again");
        page.getByText("Open the page of this replay").click();
        Locator left = page.locator("section", text("What stopped again")).locator(".lines li");
        assertThat(left.first()).containsText("NOWHERE");
        browser.screenshot(page, "replay-failures");
        inspect(page, "replay-failures");
        left.first().locator("a").first().click();
        assertThat(page.locator(".trouble")).containsText("unknown-facility"); // the error stays where it was
        assertThat(page.locator(".way")).containsText("went in again as it was");
    }

    @Test
    void aLookBehindTheMaskStandsInTheAudit() throws Exception {
        Page page = browser.open(DESK, "/records/" + flow("status=REFUSED").path("id").asText());
        button(page, "Show…").click();
        page.locator("dialog input").fill("Who sends this?");
        page.keyboard().press("Enter");
        assertThat(page.locator(".hl7")).containsText("MSH-4");
        page.getByText("Who did what with it").click();
        assertThat(page.locator(".lines li").first()).containsText("Looked at without masks");
        assertThat(page.locator(".lines li").first()).containsText("Who sends this?");
        page.goBack();
        assertThat(page.locator(".way")).isVisible();
    }

    @Test
    void theOverviewLeadsToARefusedMessageAndItsCause() {
        Page page = browser.open(DESK, "/");
        page.locator(".attention li", text("in the last 7 days")).locator("a").first().click();
        page.locator(".cause-group .title").click();
        page.locator(".rows .flow", text("NOWHERE")).first().locator("a").click();
        assertThat(page.locator(".trouble")).containsText("NOWHERE");
        assertThat(page.locator(".trouble")).containsText("unknown-facility");
    }

    @Test
    void newRecordsComeInByThemselvesUnlessTheListIsPaused() throws Exception {
        Page page = browser.open(DESK, "/records?status=REFUSED");
        Locator rows = page.locator(".rows .flow");
        assertThat(rows.first()).isVisible();
        int before = rows.count();
        send("live", "MSH|^~\\&|HIS|ELSEWHERE|HUB|YUZUI|20261122083000||ADT^A01|LIVE|P|2.5\rPID|1||P1\r");
        assertThat(rows).hasCount(before + 1);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).click();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Resume"))).isVisible();
        int sent = 0;
        while (sent < 5 && (sent == 0 || page.locator(".waiting").count() == 0)) {
            sent++;
            send("paused" + sent, "MSH|^~\\&|HIS|ELSEWHERE|HUB|YUZUI|20261122083000||ADT^A01|PAUSED%d|P|2.5\rPID|1||P1\r".formatted(sent));
            try {
                page.locator(".waiting").waitFor(new Locator.WaitForOptions().setTimeout(5_000));
            } catch (TimeoutError e) {
                // The next arrival tells again.
            }
        }
        assertThat(page.locator(".waiting")).containsText(sent + " new");
        assertThat(rows).hasCount(before + 1);
        page.keyboard().press("r");
        assertThat(rows).hasCount(before + 1 + sent);
    }

    @Test
    void aSettingIsChangedByItsPlan() throws Exception {
        Page page = browser.open(DESK, "/plugins/his?tab=settings");
        Locator connections = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Most connections at a time"));
        connections.fill("77");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("See the plan")).click();
        assertThat(page.locator("dialog .changes").first()).containsText("maxConnections");
        browser.screenshot(page, "plan");
        inspect(page, "plan");
        assertThat(rest.get("/api/v1/plugins/his/settings").at("/written/maxConnections").isMissingNode()).isTrue();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Carry out")).click();
        assertThat(page.locator("dialog [role=status]")).containsText("Done");
        page.locator("dialog .foot button").click();
        assertThat(connections).hasValue("77");
        assertThat(page.locator(".settings .foot")).containsText("Nothing changed");
        assertThat(rest.get("/api/v1/plugins/his/settings").at("/written/maxConnections").asInt()).isEqualTo(77);
    }

    @Test
    void aPluginIsBroughtAndWhatIsOutsideItIsAcceptedByName() throws Exception {
        Page page = browser.open(DESK, "/plugins");
        page.locator("input[type=file]").setInputFiles(new FilePayload("relay-1.0.0.zip", "application/zip", RelayPlugin.zip("1.0.0")));
        assertThat(page.locator("dialog .changes").first()).containsText("relay.seen.v1");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Carry out")).click();
        assertThat(page).hasURL(Pattern.compile(".*/plugins/relay$"));
        assertThat(page.locator(".headline .mark")).hasText("Running");

        browser.go(page, "/plugins/his");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove")).click();
        Locator carryOut = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Carry out"));
        assertThat(page.locator("dialog .box.warn")).containsText("his.visit.v1");
        browser.screenshot(page, "plan-outside");
        inspect(page, "plan-outside");
        assertThat(carryOut).isDisabled();
        for (Locator box : page.locator("dialog .box.warn input").all()) {
            box.check();
        }
        assertThat(carryOut).isEnabled();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        rest.awaitState("his", "RUNNING");
    }

    @Test
    void aScheduleIsRunForADayAndSaysHowItEnded() {
        Page page = browser.open(DESK, "/schedules?view=list");
        page.locator(".tile a", new Page.LocatorOptions().setHasText("Daily figures of the hospitals")).click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run now")).click();
        page.locator("dialog input[type=date]").fill("2026-11-21");
        page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Run now")).click();
        assertThat(page.locator("dialog [role=status]")).containsText("Done · about 2026-11-21");
        page.keyboard().press("Escape");
        assertThat(page.locator(".lines li", text("about 2026-11-21")).first()).containsText("Done");
    }

    @Test
    void aTotalOpensIntoWhatItIsMadeOfDownToTheRecord() {
        Page page = browser.open(DESK, "/reports/hospital-daily/" + DAY);
        assertThat(page.locator(".headline .complete")).hasText("24/24");
        for (String unit : List.of("Chengdu", "Jinjiang", "Jinjiang Demonstration Hospital")) {
            page.locator(".grid th a", text(unit)).first().click();
            assertThat(page.locator(".path b")).containsText(unit);
            ConsoleBrowser.settle(page); // the table before stands there until the next one has come
        }
        assertThat(page.locator(".signed .digest")).isVisible();
        page.locator(".grid th a").first().click();
        assertThat(page.locator("h1")).hasText("Hospital day");
        page.goBack();
        page.goBack();
        assertThat(page.locator(".path b")).containsText("Jinjiang");
        page.getByLabel("Kind of period").selectOption("month");
        assertThat(page.locator(".period .now")).containsText("2026-11");
    }

    @Test
    void theKeyboardLeadsEverywhere() {
        Page page = browser.open(DESK, "/");
        for (String[] way : new String[][] {{"r", "Records"}, {"p", "Plugins"}, {"s", "Schedules"}, {"e", "Reports"}, {"o", "This node"}}) {
            page.keyboard().press("g");
            page.keyboard().press(way[0]);
            assertThat(page.locator("h1").first()).hasText(way[1]);
        }
        page.keyboard().press("/");
        assertThat(page.locator("#omnibox")).isFocused();
        page.keyboard().type("status:refused");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/records\\?status=REFUSED$"));
    }

    private void inspect(Page page, String name) {
        SoftAssertions softly = new SoftAssertions();
        browser.inspect(page, name, softly);
        softly.assertAll();
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

    /** Sends one message as a hospital would; what the hub answers is not asked for. */
    private void send(String name, String message) throws Exception {
        Path folder = Files.createDirectories(site.home.resolve("messages/" + name));
        Files.writeString(folder.resolve("1.hl7"), message);
        site.yuzui("demo", "send-hl7", "--file", folder.toString());
    }
}
