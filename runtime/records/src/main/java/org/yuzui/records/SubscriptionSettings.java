package org.yuzui.records;

import java.time.Duration;
import java.util.List;

/**
 * How a subscription reads.
 *
 * @param name      unique in the hub: {@code his/hospital-daily}
 * @param plugin    the plugin that reads, for the ledger
 * @param version   its version
 * @param route     the route that reads
 * @param batch     records taken in one transaction at most
 * @param linger    how long to wait for a batch to fill
 * @param whole     hand over the batch as one call
 * @param consumers sessions that read at the same time; one key stays with one of them
 * @param backOff   the waits before each further try; when they are used up the record goes to the dead letters
 * @param delivered whether what the reader hands over is kept, also when the contract does not ask for it
 */
public record SubscriptionSettings(String name, String plugin, String version, String route, int batch, Duration linger,
                                   boolean whole, int consumers, List<Duration> backOff, boolean delivered) {

    /** What is handed over is kept when the contract says so. */
    public SubscriptionSettings(String name, String plugin, String version, String route, int batch, Duration linger, boolean whole,
                                int consumers, List<Duration> backOff) {
        this(name, plugin, version, route, batch, linger, whole, consumers, backOff, false);
    }

    /** What counts where a route says nothing else: six tries within 2 minutes and 36 seconds. */
    public static final List<Duration> BACK_OFF = List.of(Duration.ofMillis(200), Duration.ofSeconds(1),
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2));

    public static SubscriptionSettings of(String name, String plugin, String version, String route) {
        return new SubscriptionSettings(name, plugin, version, route, 200, Duration.ZERO, false, 1, BACK_OFF);
    }
}
