package org.yuzui.routing.internal;

import org.yuzui.records.SubscriptionSettings;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How {@code from: record:…} reads.
 *
 * @param linger how long to wait for a batch to fill
 * @param whole  the route gets a batch as one message with a list body
 * @param waits  before each further try
 * @param delivered what the route gives to its sink is kept, also when the contract does not ask for it
 */
record SubscriptionParameters(String name, int batch, Duration linger, int consumers, boolean whole, List<Duration> waits,
                              boolean delivered) {

    static SubscriptionParameters take(RecordComponent component, Map<String, Object> parameters, String name) {
        int batch = component.take(parameters, "batch", Integer.class, 200);
        long linger = component.take(parameters, "linger", Long.class, 0L);
        int consumers = component.take(parameters, "consumers", Integer.class, 1);
        String capture = component.take(parameters, "capture", String.class, null);
        String deliver = component.take(parameters, "deliver", String.class, "each");
        if (batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException("batch=" + batch + " is out of range: 1 to 10000.");
        }
        if (linger < 0 || linger > 600_000) {
            throw new IllegalArgumentException("linger=" + linger + " is out of range: 0 to 600000 milliseconds.");
        }
        if (consumers < 1 || consumers > 16) {
            throw new IllegalArgumentException("consumers=" + consumers + " is out of range: 1 to 16.");
        }
        if (!deliver.equals("each") && !deliver.equals("batch")) {
            throw new IllegalArgumentException("deliver=" + deliver + " is not known: write each or batch.");
        }
        if (capture != null && !capture.equals("delivered")) {
            throw new IllegalArgumentException("capture=" + capture + " is not known: write delivered, or leave it to the contract's x-capture.");
        }
        String retry = component.take(parameters, "retry", String.class, null);
        return new SubscriptionParameters(name, batch, Duration.ofMillis(linger), consumers, deliver.equals("batch"),
                retry == null ? SubscriptionSettings.BACK_OFF : Waits.parse(retry), capture != null);
    }
}
