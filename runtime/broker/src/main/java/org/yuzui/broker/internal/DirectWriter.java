package org.yuzui.broker.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.postoffice.PostOffice;
import org.apache.activemq.artemis.core.server.ActiveMQMessageBundle;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.impl.TransactionImpl;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.Outbound;

/**
 * Writes into the post office of the server in this JVM, as the server's own session does for a client. A client would pack each message for a
 * network that isn't there, and hand the work from thread to thread four times more.
 */
final class DirectWriter implements CommitWriter {

    private static final long PATIENCE_MILLIS = 30_000;

    private final StorageManager storage;
    private final PostOffice office;
    private final CoreMessages messages;
    private final CommitWriter large;
    /** Adds what became durable to its queues, in order. */
    private final Executor afterwards;

    DirectWriter(ActiveMQServer server, CoreMessages messages, CommitWriter large) {
        this.storage = server.getStorageManager();
        this.office = server.getPostOffice();
        this.messages = messages;
        this.large = large;
        this.afterwards = server.getExecutorFactory().getExecutor();
    }

    @Override
    public void write(List<Call> calls) throws Exception {
        List<Outbound> all = new ArrayList<>();
        List<byte[]> trail = new ArrayList<>(calls.size());
        for (Call call : calls) {
            all.addAll(call.messages);
            trail.add(call.trail);
        }
        all.add(messages.trail(trail));
        if (all.stream().anyMatch(DirectWriter::isLarge)) {
            large.write(calls);
            return;
        }
        // A new one for each: what went wrong in one would stick to it.
        storage.setContext(storage.newContext(afterwards));
        try {
            commit(all);
            if (!storage.waitOnOperations(PATIENCE_MILLIS)) {
                throw new BrokerException("publish: the journal did not answer in time, whether it happened is not known", null);
            }
        } finally {
            storage.clearContext();
        }
    }

    private void commit(List<Outbound> all) throws Exception {
        Transaction transaction = new TransactionImpl(storage);
        try {
            for (Outbound message : all) {
                CoreMessage core = messages.make(storage.generateID(), message);
                if (office.getAddressInfo(core.getAddressSimpleString()) == null) { // routed it would be lost without a word
                    throw ActiveMQMessageBundle.BUNDLE.addressDoesNotExist(core.getAddressSimpleString());
                }
                office.route(core, transaction, false);
            }
            transaction.commit();
        } catch (Exception e) {
            undo(transaction, e);
            throw e;
        }
    }

    private static void undo(Transaction transaction, Exception cause) {
        if (transaction.getState() == Transaction.State.COMMITTED || transaction.getState() == Transaction.State.ROLLEDBACK) {
            return; // a refused commit rolls back itself
        }
        try {
            transaction.rollback();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static boolean isLarge(Outbound message) {
        long size = message.body().length;
        for (var header : message.headers().entrySet()) {
            size += 2L * (header.getKey().length() + header.getValue().length());
        }
        return size >= EmbeddedConfiguration.LARGE_MESSAGE;
    }

    @Override
    public void close() {
        large.close();
    }
}
