package org.yuzui.routing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;
import org.yuzui.records.DryRun;
import org.yuzui.records.Replay;
import org.yuzui.records.ReplayRequest;
import org.yuzui.records.Replays;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** A message that may not be whole in memory goes in again as a stream, by a route that reads it as one. */
class LargeReplayTest {

    private static final String PADDING = "#".repeat(8_000) + "\n";

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
                        - setHeader: {name: YuzuiArrived, simple: '${body}'}
                        - doTry:
                            steps:
                              - split:
                                  tokenize: "\\n"
                                  streaming: true
                                  stopOnException: true
                                  steps:
                                    - filter:
                                        simple: "${body} startsWith '{'"
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
    void it_is_read_from_where_it_lies_sealed_and_known_again_when_it_is_refused_again() throws IOException {
        UUID good = refused("good.txt", "{\"n\": 1}", "{\"n\": 2}");
        UUID bad = refused("bad.txt", "{\"n\": 3}", "{\"m\": 4}");

        DryRun tried = replays.rehearse(good, null, ReplayRequest.Version.CURRENT);
        Replay replay = numbers.done(replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin"), Duration.ofMinutes(2));

        assertThat(tried.wouldPublish()).hasSize(2);
        assertThat(replay.done()).isEqualTo(1);
        assertThat(replay.failed()).isEqualTo(1);
        assertThat(rooms.ledger.flow(good).orElseThrow().status()).isEqualTo(FlowStatus.SETTLED);
        assertThat(rooms.ledger.find(new FlowQuery(FlowFilter.madeFrom(good), null, 10)).flows()).extracting(Flow::status).hasSize(2);
        assertThat(rooms.ledger.hops(bad)).extracting(Hop::kind).as("the same message is the same flow").containsOnly(HopKind.REFUSED)
                .hasSizeGreaterThan(1);
        assertThat(rooms.ledger.find(new FlowQuery(FlowFilter.of(FlowStatus.REFUSED), null, 10)).flows()).extracting(Flow::id).containsExactly(bad);
        assertThat(replays.failures(replay.id(), 10)).extracting(f -> f.flow()).containsExactly(bad);
    }

    @Test
    void a_large_one_is_mended_as_a_file_that_may_be_deleted_then() throws IOException {
        UUID bad = refused("bad.txt", "{\"m\": 4}");
        Path mended = written("mended.txt", "{\"n\": 4}");

        replays.mend(bad, Message.of(mended), "admin", "their export was mended");
        Files.delete(mended);
        numbers.drained();

        assertThat(rooms.ledger.flow(bad).orElseThrow().status()).isEqualTo(FlowStatus.SETTLED);
        Flow made = rooms.ledger.find(new FlowQuery(FlowFilter.madeFrom(bad), null, 10)).flows().get(0);
        assertThat(rooms.ledger.arrival(made.id()).orElseThrow().trouble()).as("it is kept, and opens").isNull();
    }

    private Path written(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        try (Writer out = Files.newBufferedWriter(file)) {
            for (String line : lines) {
                out.write(line + "\n");
            }
            for (long size = 0; size <= Ledger.MOST_IN_MEMORY; size += PADDING.length()) {
                out.write(PADDING);
            }
        }
        return file;
    }

    private UUID refused(String name, String... lines) throws IOException {
        Path file = written(name, lines);
        UUID id = numbers.refused("file " + name, "file", name, Message.of(file));
        Files.delete(file);
        return id;
    }
}
