package org.yuzui.records;

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
}
