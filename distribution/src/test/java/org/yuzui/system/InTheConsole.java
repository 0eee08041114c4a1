package org.yuzui.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** Tests of one site's console in a real browser, which complains of nothing the whole time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InTheConsole {

    private static final int PATIENCE_MILLIS = 120_000;

    Site site;
    Rest rest;
    ConsoleBrowser browser;

    /** To be called when the site has what the pages are to show. */
    final void openBrowser() throws IOException {
        browser = new ConsoleBrowser(site);
        setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    final void nothingWasComplainedOf() {
        browser.closePages();
        assertThat(browser.complaints()).as("what the browser complained of").isEmpty();
    }

    @AfterAll
    final void stop() {
        try {
            if (browser != null) {
                browser.close();
            }
        } finally {
            if (site != null) {
                site.close();
            }
        }
    }
}
