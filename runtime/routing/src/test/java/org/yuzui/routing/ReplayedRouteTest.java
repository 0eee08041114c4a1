package org.yuzui.routing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.records.Replay;
import org.yuzui.records.Replays;
import org.yuzui.records.ReplayRequest;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A message goes in once more by a route that has an answer for everything, as one of a line has: a source that is told to send again does so,
 * but a replay has no source. What did not go in must not seem to be in.
 */
class ReplayedRouteTest {

    @TempDir
    Path folder;
    private ReplayedNumbers numbers;
    private Replays replays;

    @BeforeEach
    void open() {
        numbers = new ReplayedNumbers(folder, """
                - route:
                    id: read
                    from:
                      uri: file:%1$s/in?delay=100
                      steps:
                        - convertBodyTo: {type: java.lang.String}
                        - doTry:
                            steps:
                              - choice:
                                  when:
                                    - simple: "${body} contains 'breaks'"
                                      steps:
                                        - throwException: {exceptionType: java.lang.IllegalStateException, message: "the reader broke"}
                                    - simple: "${body} contains 'helped'"
                                      steps:
                                        - doTry:
                                            steps:
                                              - throwException: {exceptionType: java.lang.IllegalStateException, message: "the first way is closed"}
                                            doCatch:
                                              - exception: [java.lang.IllegalStateException]
                                                steps:
                                                  - setHeader: {name: way, constant: second}
                              - to: record:test.number.v1
                              - setBody: {constant: AA}
                            doCatch:
                              - exception: [org.yuzui.spi.RefusedException]
                                steps:
                                  - to: record:refused?contract=test.number.v1
                                  - setBody: {constant: AE}
                              - exception: [java.lang.Exception]
                                steps:
                                  - setBody: {constant: AE}
                """);
        replays = numbers.replays;
    }

    @AfterEach
    void close() {
        numbers.close();
    }

    @Test
    void only_what_is_in_is_done() {
        UUID good = numbers.refused("{\"n\": 1}");
        UUID helped = numbers.refused("{\"n\": 2, \"text\": \"helped\"}");
        UUID breaks = numbers.refused("{\"n\": 3, \"text\": \"breaks\"}");
        UUID bad = numbers.refused("{\"m\": 4}");

        Replay replay = numbers.done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"), Duration.ofMinutes(1));

        assertThat(replay.done()).isEqualTo(2);
        assertThat(replay.failed()).isEqualTo(2);
        assertThat(numbers.status(good)).isEqualTo(FlowStatus.SETTLED);
        assertThat(numbers.status(helped)).as("its route found another way").isEqualTo(FlowStatus.SETTLED);
        assertThat(numbers.status(breaks)).as("the answer AE went to nobody").isEqualTo(FlowStatus.REFUSED);
        assertThat(numbers.status(bad)).isEqualTo(FlowStatus.REFUSED);
    }

    @Test
    void who_mends_is_told_that_it_did_not_go_in() {
        UUID bad = numbers.refused("{\"m\": 4}");

        assertThatThrownBy(() -> replays.mend(bad, "{\"n\": 5, \"text\": \"breaks\"}".getBytes(StandardCharsets.UTF_8), "admin", null))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("route-failed");
                    assertThat(e.problem().message()).contains("the reader broke");
                });

        numbers.drained();
        assertThat(numbers.status(bad)).isEqualTo(FlowStatus.REFUSED);
        replays.mend(bad, "{\"n\": 5}".getBytes(StandardCharsets.UTF_8), "admin", null);
        numbers.drained();
        assertThat(numbers.status(bad)).isEqualTo(FlowStatus.SETTLED);
    }
}
