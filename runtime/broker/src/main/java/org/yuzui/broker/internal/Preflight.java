package org.yuzui.broker.internal;

/** What only the broker in this process can tell: before a transaction is sent, which spares a failed one, and after it. */
interface Preflight {

    /** An external broker can't be asked: it answers at commit. */
    Preflight NONE = new Preflight() {
        @Override
        public boolean knows(String address, String duplicateId) {
            return false;
        }

        @Override
        public void refuseWhenFull() {
            // It says so itself.
        }

        @Override
        public void counted(String queue) {
            // It can't be asked to.
        }
    };

    /** True only when the message with this id is durable. */
    boolean knows(String address, String duplicateId);

    /** Throws a {@link org.yuzui.broker.BrokerException} when the disk is too full to take messages. */
    void refuseWhenFull();

    /**
     * Returns when the queue counts all that is durable. Artemis adds a message to its queue a moment after the commit has been
     * confirmed; until then the queue seems shorter than it is.
     */
    void counted(String queue);
}
