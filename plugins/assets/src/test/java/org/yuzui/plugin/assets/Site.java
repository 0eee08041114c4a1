package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.GivenFile;
import org.yuzui.testkit.HubExtension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.assets.Patience.await;

/** A hub with two service centres in two cities, and what a test gives it and asks it. */
final class Site {

    static final String JJ = "510104-F01";
    static final String ZLJ = "510302-F01";
    static final String TOKEN = "test-token-of-the-door";

    final int port = PluginUnderTest.freePort();
    final Path inbox;
    final HubExtension hub;
    private final HttpClient http = HttpClient.newHttpClient();

    Site(String name) {
        inbox = Path.of("target/inbox-" + name + "-" + ProcessHandle.current().pid()).toAbsolutePath();
        try {
            hub = HubExtension.of().plugin(PluginUnderTest.jar())
                    .file("config/org/units.csv", Files.readString(Path.of("examples/org/units.csv")))
                    .settings("assets", """
                            inbox: %s
                            interval: 100
                            settle: 1
                            units: {锦江: %s, 自流井: %s, 无此单位: 999999-N01}
                            http: {port: %d, token: %s}
                            """.formatted(inbox, JJ, ZLJ, port, TOKEN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a file into the inbox and waits until it has gone. @return its report; null when it is done */
    String give(String name, byte[] bytes) throws IOException {
        Path report = inbox.resolve(".refused/" + name + ".report.txt");
        Files.deleteIfExists(report);
        GivenFile.into(inbox, name, bytes);
        await().untilAsserted(() -> assertThat(inbox.resolve(name)).doesNotExist());
        return Files.exists(report) ? Files.readString(report) : null;
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, TOKEN, body);
    }

    HttpResponse<String> post(String path, String token, String body) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Of each key the newest. */
    List<JsonNode> records(String contract) {
        return find(contract, RecordQuery.Among.LATEST);
    }

    /** Every version of every key. */
    List<JsonNode> all(String contract) {
        return find(contract, RecordQuery.Among.ANY);
    }

    List<Flow> refused() {
        return hub.hub().ledger().find(new FlowQuery(FlowFilter.of(FlowStatus.REFUSED), null, 200)).flows();
    }

    private List<JsonNode> find(String contract, RecordQuery.Among among) {
        return hub.hub().records().store().find(RecordQuery.of(contract).among(among, RecordQuery.Give.MATCHES))
                .stream().map(r -> r.body()).toList();
    }
}
