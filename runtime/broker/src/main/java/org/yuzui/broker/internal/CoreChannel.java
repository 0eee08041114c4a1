package org.yuzui.broker.internal;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection with one session and one producer on it. For one thread at a time. */
record CoreChannel(ClientSessionFactory factory, ClientSession session, ClientProducer producer) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CoreChannel.class);

    boolean isOpen() {
        return !session.isClosed() && !factory.isClosed();
    }

    /** Rolls the session back; false when it can't be used any more. */
    boolean undo() {
        try {
            session.rollback();
            return isOpen();
        } catch (ActiveMQException e) {
            log.debug("A channel can't be rolled back and is given up", e);
            return false;
        }
    }

    /** Closing an uncommitted session undoes what it did; a broker that is gone has done so already. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (ActiveMQException e) {
            log.debug("A channel was closed after its broker had gone", e);
        } finally {
            factory.close();
        }
    }
}
