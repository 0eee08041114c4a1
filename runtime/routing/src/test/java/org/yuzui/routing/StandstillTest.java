package org.yuzui.routing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.routing.Patience.await;

/** A plugin's routes begin at the start, end when they are to be quiet, and begin again. */
class StandstillTest {

    @TempDir
    Path folder;
    private Routing routing;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        routing = Routing.open(folder.resolve("site"), null, null, null, null, ZoneId.of("Asia/Shanghai"), Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        routing.close();
    }

    private String copy() {
        return """
                - route:
                    id: copy
                    from:
                      uri: file:%s
                      parameters: {initialDelay: 0, delay: 20, delete: true}
                      steps:
                        - to: direct:inner
                - route:
                    id: inner
                    from:
                      uri: direct:inner
                      steps:
                        - to: file:%s
                """.formatted(folder.resolve("in"), folder.resolve("out"));
    }

    private void put(String name) throws IOException {
        Files.writeString(folder.resolve("in").resolve("." + name), name);
        Files.move(folder.resolve("in").resolve("." + name), folder.resolve("in").resolve(name));
    }

    @Test
    void nothingIsConsumedBeforeTheStartNorAfterTheStandstill() throws IOException {
        Deployment deployment = routing.part().deploy(GivenPlugin.of("p", copy()));
        assertThat(routing.routes()).isEmpty();
        put("a");

        deployment.start();
        await().untilAsserted(() -> assertThat(folder.resolve("out/a")).exists());
        assertThat(routing.routes()).extracting(RouteStatus::state).containsOnly("Started");

        deployment.quiesce();
        deployment.quiesce();
        put("b");
        assertThat(routing.routes()).extracting(RouteStatus::state).containsOnly("Stopped");
        assertThat(folder.resolve("in/b")).exists();

        deployment.start();
        await().untilAsserted(() -> assertThat(folder.resolve("out/b")).exists());
        deployment.close();
        deployment.close();
        assertThat(routing.routes()).isEmpty();
    }
}
