package org.yuzui.records;

import org.yuzui.ledger.Message;

/**
 * The transaction of a delivery: what is published in it becomes true together with the acknowledgement of the records
 * that it is for. For the thread that delivers.
 */
public interface Batch {

    /**
     * Publishes within the transaction.
     *
     * @throws org.yuzui.contracts.ContractViolationException when it breaks its contract; the REFUSED hop is part of the
     *                                                         transaction
     */
    Publication publish(Draft draft);

    /** Whether it is to be kept what the records' reader hands over to its sink. */
    default boolean wantsHandedOver() {
        return false;
    }

    /** What the reader handed over last; kept with the delivery when that {@link #wantsHandedOver is wanted}. */
    default void handedOver(Message message) {
    }

    /** The reader kept the record back, and ends well all the same. */
    default void filtered(String why) {
    }
}
