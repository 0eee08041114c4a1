package org.yuzui.broker;

import java.time.Instant;
import java.util.Map;

/** A message that was taken from a queue, not yet acknowledged. */
public interface Inbound {

    String address();

    /** The group it was sent with; null for none. */
    String group();

    Map<String, String> headers();

    /** One header; null when absent. */
    String header(String name);

    byte[] body();

    /** When the sender made it. */
    Instant sentAt();

    /** How often the broker has handed it out, 1 the first time. */
    int deliveryCount();
}
