package org.yuzui.broker.internal;

/** What can be known before a transaction is sent, which spares a failed one. */
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
    };

    /** True only when the message with this id is durable. */
    boolean knows(String address, String duplicateId);

    /** Throws a {@link org.yuzui.broker.BrokerException} when the disk is too full to take messages. */
    void refuseWhenFull();
}
