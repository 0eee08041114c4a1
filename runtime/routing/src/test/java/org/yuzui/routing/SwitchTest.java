package org.yuzui.routing;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.routing.Patience.await;

/** One version takes the place of the other while records flow: each is worked on once, by one of the two. */
class SwitchTest {

    @TempDir
    static Path data;
    private static Rooms rooms;

    /** Who read a record how often; the version is told by the setting. */
    public static final class Reader {
        static final Map<Integer, AtomicInteger> TIMES = new ConcurrentHashMap<>();
        static final AtomicInteger AT_WORK = new AtomicInteger();

        public void read(JsonNode body) {
            AT_WORK.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            TIMES.computeIfAbsent(body.get("n").asInt(), n -> new AtomicInteger()).incrementAndGet();
            AT_WORK.decrementAndGet();
        }
    }

    @BeforeAll
    static void open() {
        rooms = new Rooms(data);
    }

    @AfterAll
    static void close() {
        rooms.close();
    }

    @Test
    void eachRecordIsReadOnceWhileVersionsFollowEachOther() throws InterruptedException {
        GivenPlugin plugin = GivenPlugin.of("counts", Rooms.reads("counts.numbered.v1", "count&consumers=2", Reader.class))
                .file("contracts/counts.numbered.v1.schema.json", Rooms.NUMBERED);
        Deployment running = rooms.run(plugin);
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicInteger sent = new AtomicInteger();
        Thread sender = new Thread(() -> {
            while (going.get()) {
                rooms.publish("counts.numbered.v1", sent.getAndIncrement());
            }
        });
        sender.start();
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int before = Reader.TIMES.size();
            await().untilAsserted(() -> assertThat(Reader.TIMES).hasSizeGreaterThan(before));
            Deployment next = rooms.deploy(plugin);
            long began = System.nanoTime();
            running.quiesce();
            assertThat(Reader.AT_WORK).hasValue(0);
            next.start();
            pauses.add((System.nanoTime() - began) / 1_000_000);
            running.close();
            running = next;
        }
        going.set(false);
        sender.join();

        Reader.TIMES.remove(-1);
        await().untilAsserted(() -> assertThat(Reader.TIMES).hasSize(sent.get()));
        running.close();
        assertThat(Reader.TIMES.values()).allSatisfy(times -> assertThat(times).hasValue(1));
        pauses.sort(null);
        // A reader that does not hear of the stop is interrupted after ten seconds.
        assertThat(pauses.get(0)).as("milliseconds, the least of %s", pauses).isLessThan(3000);
        assertThat(pauses.get(pauses.size() / 2)).as("milliseconds, the median of %s", pauses).isLessThan(9000);
    }

    @Test
    void theOldVersionGoesOnWhenTheNewOneFailed() {
        GivenPlugin plugin = GivenPlugin.of("goes", Rooms.reads("goes.numbered.v1", "go", Reader.class))
                .file("contracts/goes.numbered.v1.schema.json", Rooms.NUMBERED);
        Deployment old = rooms.run(plugin);
        Deployment next = rooms.deploy(plugin);
        old.quiesce();
        next.start();
        next.close();
        old.start();

        rooms.publish("goes.numbered.v1", -1);

        await().untilAsserted(() -> assertThat(Reader.TIMES).containsKey(-1));
        old.close();
    }
}
