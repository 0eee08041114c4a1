package org.yuzui.routing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.records.DryRun;
import org.yuzui.records.Replays;
import org.yuzui.records.ReplayRequest;
import org.yuzui.records.ReplayRequest.Version;
import org.yuzui.spi.RefusedException;

import java.nio.file.Path;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.routing.Patience.await;

/** A message is tried by its route: what stays inside of the hub runs, what reaches outside is left out, and nothing becomes durable. */
class TriedRouteTest {

    @TempDir
    Path folder;
    private ReplayedNumbers numbers;
    private Rooms rooms;
    private Replays replays;

    @BeforeEach
    void open() {
        numbers = new ReplayedNumbers(folder, """
                - route:
                    id: read
                    from:
                      uri: file:%1$s/in?delay=100
                      steps:
                        - to: direct:inner
                        - wireTap: {uri: 'file:%1$s/tapped'}
                        - to: file:%1$s/out
                        - toD: file:%1$s/${header.CamelFileName}
                - route:
                    id: inner
                    from:
                      uri: direct:inner
                      steps:
                        - convertBodyTo: {type: java.lang.String}
                        - split:
                            tokenize: {token: ";"}
                            parallelProcessing: true
                            steps:
                              - doTry:
                                  steps:
                                    - to: record:test.number.v1
                                  doCatch:
                                    - exception: [org.yuzui.spi.RefusedException]
                                      steps:
                                        - to: record:refused?contract=test.number.v1
                """);
        rooms = numbers.rooms;
        replays = numbers.replays;
    }

    @AfterEach
    void close() {
        numbers.close();
    }

    @Test
    void nothing_leaves_the_hub_and_nothing_stays_in_it() {
        UUID message = numbers.refused("{\"n\": 1};{\"n\": 2};{\"m\": 3}");

        DryRun tried = replays.rehearse(message, null, Version.CURRENT);

        assertThat(tried.wouldPublish()).extracting(DryRun.Outcome::key).containsExactlyInAnyOrder("1", "2");
        assertThat(tried.wouldPublish()).allSatisfy(o -> assertThat(o.outcome()).isEqualTo(DryRun.Kind.NEW));
        assertThat(tried.refused().code()).as("the third").isEqualTo("contract-violation");
        assertThat(tried.leftOut()).hasSize(3).anySatisfy(step -> assertThat(step).startsWith("to: file:").endsWith("/out"))
                .anySatisfy(step -> assertThat(step).startsWith("wireTap: ")).anySatisfy(step -> assertThat(step).startsWith("toD: "));
        numbers.drained();
        assertThat(rooms.ledger.find(new FlowQuery(FlowFilter.ALL, null, 50)).flows()).as("the refused one alone").hasSize(1);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("tapped")).doesNotExist();

        replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin");

        await().untilAsserted(() -> assertThat(folder.resolve("out")).as("then in earnest").isDirectoryContaining(file -> true));
        await().untilAsserted(() -> assertThat(rooms.records.store().versions("test.number.v1", "2")).hasSize(1));
    }
}
