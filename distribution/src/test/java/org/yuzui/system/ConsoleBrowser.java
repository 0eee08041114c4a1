package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;

import org.assertj.core.api.SoftAssertions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Debian's Chromium, driven by Playwright, looking at the console of one hub. Whatever the browser complains of on any page is
 * kept and fails the test that asks.
 */
final class ConsoleBrowser implements AutoCloseable {

    private static final Path CONSOLE = Path.of(System.getProperty("yuzui.console"));
    private static final Path SCREENSHOTS = Path.of(System.getProperty("yuzui.screenshots"));
    private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync");
    /** Everything a reader or a screen reader is told: texts, labels and hints. */
    private static final String SAID = """
            () => [document.title, document.body.innerText, ...[...document.querySelectorAll('[aria-label],[title],[placeholder]')]
              .flatMap((e) => ['aria-label', 'title', 'placeholder'].map((a) => e.getAttribute(a) ?? ''))].join('\\n')""";
    /** Style sheets and films are not loaded once more for it: none of the rules that the console could break needs them. */
    private static final String AXE = """
            async () => (await axe.run(document, {resultTypes: ['violations'], preload: false,
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations
              .filter((v) => v.impact === 'serious' || v.impact === 'critical')
              .map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + n.failureSummary).join(' / '))""";
    private static final String LISTEN = """
            window.violations = [];
            document.addEventListener('securitypolicyviolation', (e) =>
              window.violations.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber));
            """;

    /** How a page is looked at. */
    record Look(String language, int width, String shade) {
        @Override
        public String toString() {
            return language + "-" + width + "-" + shade;
        }
    }

    private final String url;
    private final String token;
    private final Playwright playwright;
    private final Browser browser;
    private final String axe;
    private final Set<String> keys = new TreeSet<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();
    private String session;

    ConsoleBrowser(Site site) throws IOException {
        url = "http://127.0.0.1:" + site.webPort;
        token = Files.readString(site.home.resolve("data/bootstrap-token")).strip();
        System.setProperty("playwright.cli.dir", driver(site.home.resolve("playwright")).toString());
        axe = Files.readString(CONSOLE.resolve("node_modules/axe-core/axe.min.js"));
        flatten(Rest.JSON.readTree(CONSOLE.resolve("src/i18n/en.json").toFile()), "");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium()).setHeadless(true)
                .setArgs(FLAGS));
    }

    /** Playwright's other half as the console's packages have it, in the shape that Playwright for Java looks for. */
    private static Path driver(Path folder) throws IOException {
        Path core = CONSOLE.toRealPath().resolve("node_modules/playwright-core");
        if (!Files.isDirectory(core)) {
            throw new AssertionError("The console's packages are not installed: build runtime/console, without -Dconsole.skip.");
        }
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("package"), core);
        Files.createSymbolicLink(folder.resolve("node"), program("node"));
        return folder;
    }

    private static Path chromium() {
        String named = System.getenv("YUZUI_CHROMIUM");
        return named == null || named.isBlank() ? program("chromium") : Path.of(named);
    }

    private static Path program(String name) {
        return Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)).filter(Files::isExecutable)
                .findFirst().orElseThrow(() -> new AssertionError("There is no '" + name + "' on the path; the console's tests need it: "
                        + "apt-get install " + name));
    }

    private void flatten(JsonNode texts, String prefix) {
        texts.properties().forEach(e -> {
            if (e.getValue().isTextual()) {
                keys.add(prefix + e.getKey().replaceFirst("_(one|other)$", ""));
            } else {
                flatten(e.getValue(), prefix + e.getKey() + ".");
            }
        });
    }

    /** A page of somebody who is logged in. */
    Page open(Look look, String path) {
        if (session == null) {
            Page page = stranger(look);
            page.navigate(url + "/");
            page.locator("input[type=password]").fill(token);
            page.locator("button[type=submit]").click();
            page.locator("nav.nav").waitFor();
            session = page.context().storageState();
            page.close();
            complaints.clear(); // who one is was asked, and answered 401
        }
        Page page = context(look, session).newPage();
        go(page, path);
        return page;
    }

    /** A page of somebody who is not. */
    Page stranger(Look look) {
        Page page = context(look, null).newPage();
        page.navigate(url + "/");
        page.locator("input[type=password]").waitFor();
        return page;
    }

    private BrowserContext context(Look look, String state) {
        Browser.NewContextOptions options = new Browser.NewContextOptions().setViewportSize(look.width, look.width < 500 ? 844 : 900)
                .setLocale(look.language.equals("zh") ? "zh-CN" : "en-GB").setTimezoneId("Europe/London").setAcceptDownloads(true)
                .setReducedMotion(ReducedMotion.REDUCE); // a colour on its way to another is nobody's fault
        if (state != null) {
            options.setStorageState(state);
        }
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(120_000);
        context.addInitScript(LISTEN);
        context.addInitScript("if (location.protocol !== 'about:') { localStorage.setItem('yuzui.language', '" + look.language + "');"
                + "localStorage.setItem('yuzui.shade', '" + look.shade + "'); }");
        context.onConsoleMessage(m -> {
            if (m.type().equals("error") || m.type().equals("warning")) {
                complaints.add(m.page().url() + " " + m.type() + ": " + m.text());
            }
        });
        context.onWebError(e -> complaints.add(e.page().url() + " " + e.error()));
        context.onRequest(r -> {
            if (!r.url().startsWith(url) && !r.url().startsWith("data:") && !r.url().startsWith("blob:")) {
                complaints.add("A request left the hub: " + r.url());
            }
        });
        contexts.add(context);
        return context;
    }

    /** Goes to an address and waits until the page is complete. */
    void go(Page page, String path) {
        page.navigate(url + path);
        settle(page);
    }

    static void settle(Page page) {
        page.locator("main h1").first().waitFor();
        page.locator("[aria-busy=true]").first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    /** Nothing on the page, as it stands, may be wrong: no key of a text, nothing that keeps somebody out, no style that is turned away. */
    void inspect(Page page, String name, SoftAssertions softly) {
        String said = (String) page.evaluate(SAID);
        softly.assertThat(keys.stream().filter(said::contains)).as("texts of %s that are not translated", name).isEmpty();
        page.evaluate(axe);
        softly.assertThat((List<?>) page.evaluate(AXE)).as("what axe finds on %s", name).isEmpty();
        Number wider = (Number) page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        softly.assertThat(wider.intValue()).as("%s is wider than the window", name).isLessThanOrEqualTo(0);
        softly.assertThat((List<?>) page.evaluate("() => window.violations")).as("violations of the security policy on %s", name).isEmpty();
    }

    void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** The same with what lies below the window. */
    void screenshotWhole(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    }

    /** What browsers complained of since the last time. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    void closePages() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
