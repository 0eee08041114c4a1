package org.yuzui.ledger.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Outbound;
import org.yuzui.ledger.Ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Trail messages that were set aside, tried once more at each start: a newer hub may have written them before somebody went back to an older one and
 * forth again, or the database may take them by now. What is still no good comes to lie there again.
 */
final class SetAside implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
    private static final int BATCH = 500;

    private final Broker broker;
    private final Thread thread = new Thread(this::takeUp, "yuzui-ledger-again");
    private volatile boolean open = true;
    private volatile BrokerSession session;

    SetAside(Broker broker) {
        this.broker = broker;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void takeUp() {
        try (BrokerSession current = broker.session()) {
            long left = broker.depth(Ledger.DEAD).orElse(0L);
            if (left == 0) {
                return;
            }
            LOG.warn("{} trail messages that were set aside in {} are tried once more", left, Ledger.DEAD);
            session = current;
            current.consume(Ledger.DEAD, BATCH);
            while (open && left > 0) {
                List<Inbound> messages = current.receive((int) Math.min(BATCH, left), Duration.ZERO);
                for (Inbound message : messages) {
                    current.send(new Outbound(Ledger.TRAIL, null, null, Map.of(), message.body()));
                    current.acknowledge(message);
                }
                current.commit();
                left -= messages.isEmpty() ? left : messages.size();
            }
        } catch (BrokerException e) {
            if (open) {
                LOG.warn("What was set aside in {} stays there for now: {}", Ledger.DEAD, e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        open = false;
        BrokerSession current = session;
        if (current != null) {
            current.wakeUp();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
