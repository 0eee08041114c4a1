package org.yuzui.records;

/**
 * How a subscription stands.
 *
 * @param reading  whether somebody reads it now
 * @param waiting  records in its queue
 * @param retrying records that are tried again
 * @param dead     records in its dead letters
 */
public record SubscriptionStatus(String name, String contract, boolean reading, long waiting, long retrying, long dead) {

    /** What the record store is called among them. */
    public static final String STORE = "store";

    /** Whether it is the record store, of which each contract has one. */
    public boolean ofStore() {
        return name.equals(STORE);
    }
}
