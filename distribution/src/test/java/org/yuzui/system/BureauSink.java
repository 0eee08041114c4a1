package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A sink of single files, each record's own, that a site's route fills, and that can be down: then a file stands where its folder should. */
final class BureauSink {

    /** A record that it can't write is given up after its last try. */
    private static final String ROUTE = """
            - route:
                id: visits-to-bureau
                from:
                  uri: record:his.visit.v1
                  parameters: {subscription: bureau, retry: "500ms,2s"}
                  steps:
                    - to: file:out/bureau?fileName=${exchangeId}.json
            """;

    private final Site site;
    private final Rest rest;
    private final Path folder;

    private BureauSink(Site site, Rest rest) {
        this.site = site;
        this.rest = rest;
        this.folder = site.home.resolve("out/bureau");
    }

    /** Connects the sink, which is down. */
    static BureauSink down(Site site, Rest rest) throws IOException {
        BureauSink sink = new BureauSink(site, rest);
        Files.createFile(sink.folder);
        Files.writeString(site.home.resolve("routes/visits-to-bureau.camel.yaml"), ROUTE);
        Awaitility.await("route visits-to-bureau").atMost(Site.PATIENCE).until(sink::isRouted);
        return sink;
    }

    void comesUp() throws IOException {
        Files.delete(folder);
        Files.createDirectories(folder);
    }

    long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    /** Waits until nothing waits for it any more. */
    void awaitGivenUp() {
        Awaitility.await("the bureau gave up").atMost(Site.PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            JsonNode now = subscription();
            return now.path("waiting").asInt(1) + now.path("retrying").asInt() == 0 && now.path("dead").asInt() > 0
                    && rest.get("/api/v1/hub").path("ledgerLag").asInt() == 0;
        });
    }

    int dead() throws Exception {
        return subscription().path("dead").asInt();
    }

    private JsonNode subscription() throws Exception {
        for (JsonNode s : rest.get("/api/v1/subscriptions").path("subscriptions")) {
            if (s.path("name").asText().equals("site/bureau")) {
                return s;
            }
        }
        return Rest.JSON.missingNode();
    }

    private boolean isRouted() throws Exception {
        for (JsonNode route : rest.get("/api/v1/routes").path("routes")) {
            if (route.path("id").asText().equals("visits-to-bureau") && route.path("state").asText().equals("Started")) {
                return true;
            }
        }
        return false;
    }
}
