package org.yuzui.web;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The console's files, here a page of two lines and one asset on the class path of the tests. */
class ConsoleFilesTest {

    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]{20,})\"");
    @AutoClose
    private static FakeHub hub = new FakeHub();

    @Test
    void thePageCarriesTheNonceOfItsPolicyAndANewOneEachTime() {
        HttpResponse<String> first = page("/");
        HttpResponse<String> second = page("/");

        Matcher nonce = NONCE.matcher(first.body());
        assertThat(nonce.find()).isTrue();
        assertThat(first.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("style-src 'self' 'nonce-" + nonce.group(1) + "'").contains("script-src 'self';")
                .contains("default-src 'self'").doesNotContain("unsafe");
        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/records", "/records/00000000-0000-0000-0000-000000000001"})
    void whereABrowserGoesIsThePage(String path) {
        HttpResponse<String> response = page(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(response.body()).contains("A page of the test").doesNotContain("__CSP_NONCE__");
    }

    @Test
    void hashedFilesNeverChange() {
        HttpResponse<String> response = hub.send(hub.request("/assets/app-1a2b3c.js"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/absent.js", "/favicon.ico", "/.env", "/assets", "/assets/", "/records.txt",
            "/assets/%2e%2e/index.html"})
    void whatIsNotThereIsNotThePage(String path) {
        HttpResponse<String> response = hub.send(hub.request(path));

        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void programsAreToldThatThereIsNothing() {
        assertThat(hub.send(hub.request("/records").header("Accept", "application/json")).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> page(String path) {
        return hub.send(hub.request(path).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
    }
}
