package org.yuzui.scheduling.internal;

import org.junit.jupiter.api.Test;
import org.yuzui.store.SharedStore;
import org.yuzui.store.Store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.scheduling.Patience.await;

class AlarmsTest {

    @Test
    void eachRingsOnceInTheClusterWithoutJavaSerialisation() {
        assertThat(System.getProperty("jdk.serialFilter")).as("as the hub runs").isEqualTo("!*");
        List<String> rung = new CopyOnWriteArrayList<>();
        Store store = SharedStore.get();
        try (Alarms one = Alarms.open(store, "n1", rung::add, () -> { });
                Alarms two = Alarms.open(store, "n2", rung::add, () -> { })) {
            one.start();
            two.start();
            Instant soon = Instant.now().plusSeconds(1);
            UUID dropped = UUID.randomUUID();
            Instant far = soon.plus(Duration.ofDays(2));
            one.set("alarm/a", Map.of(UUID.randomUUID(), soon, dropped, far, UUID.randomUUID(), soon.plusMillis(500)));
            two.set("alarm/b", Map.of(UUID.randomUUID(), soon));
            two.set("alarm/c", Map.of(UUID.randomUUID(), far));
            two.unset("alarm/a", List.of(dropped));

            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(triggers(store)).as("the one that was dropped is gone too").containsExactly("alarm/c"));

            assertThat(rung.stream().filter(s -> s.startsWith("alarm/"))).containsExactlyInAnyOrder("alarm/a", "alarm/a", "alarm/b");
            assertThat(jobData(store)).as("properties, not serialised objects").isNotEmpty()
                    .allSatisfy(d -> assertThat(new String(d, StandardCharsets.ISO_8859_1)).startsWith("#"));
        }
    }

    /** Of this test. */
    private static List<String> triggers(Store store) {
        return store.jdbi().withHandle(h -> h.createQuery("""
                SELECT trigger_group FROM scheduling.qrtz_triggers WHERE trigger_group LIKE 'alarm/%'""").mapTo(String.class).list());
    }

    private static List<byte[]> jobData(Store store) {
        return store.jdbi().withHandle(h -> h.createQuery("""
                SELECT job_data FROM scheduling.qrtz_job_details WHERE length(job_data) > 0""").mapTo(byte[].class).list());
    }
}
