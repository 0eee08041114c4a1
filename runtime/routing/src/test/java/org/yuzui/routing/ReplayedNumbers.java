package org.yuzui.routing;

import org.yuzui.kernel.Deployment;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Message;
import org.yuzui.records.Origin;
import org.yuzui.records.Replay;
import org.yuzui.records.Replays;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.routing.Patience.await;

/** A plugin whose route {@code read} takes messages with numbers, and what lets those that were refused go in again. */
final class ReplayedNumbers implements AutoCloseable {

    final Rooms rooms;
    final Replays replays;
    private final Deployment plugin;

    /** @param routes of the plugin, with {@code %1$s} where the folder belongs */
    ReplayedNumbers(Path folder, String routes) {
        rooms = new Rooms(folder.resolve("data"));
        try {
            plugin = rooms.run(GivenPlugin.of("numbers", routes.formatted(folder)).file("contracts/test.number.v1.schema.json", Rooms.NUMBERED));
            replays = rooms.records.replays(rooms.routing.arrivals());
            replays.goOn();
        } catch (RuntimeException | Error e) {
            rooms.close();
            throw e;
        }
    }

    UUID refused(String message) {
        return refused("file", null, null, Message.of(message.getBytes(StandardCharsets.UTF_8)));
    }

    UUID refused(String source, String type, String id, Message message) {
        UUID flow = rooms.records.refuse(new Origin("numbers", "1.0.0", "read", source, type, id, null, null, message), null,
                new RefusedException("no", null, "no"));
        drained();
        return flow;
    }

    /** Returns when it has ended. */
    Replay done(Replay replay, Duration atMost) {
        await().atMost(atMost).until(() -> replays.find(replay.id()).orElseThrow().endedAt() != null);
        drained();
        return replays.find(replay.id()).orElseThrow();
    }

    FlowStatus status(UUID flow) {
        return rooms.ledger.flow(flow).orElseThrow().status();
    }

    void drained() {
        assertThat(rooms.ledger.awaitDrained(Duration.ofSeconds(30))).isTrue();
    }

    @Override
    public void close() {
        replays.close();
        plugin.close();
        rooms.close();
    }
}
