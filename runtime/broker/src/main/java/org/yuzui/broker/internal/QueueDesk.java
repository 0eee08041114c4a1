package org.yuzui.broker.internal;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.Inbound;

/** Looks after addresses and queues, over one channel that is opened when first needed and after it was lost. */
final class QueueDesk implements AutoCloseable {

    /** Groups of one queue share this many places: the map of groups to consumers can't grow with the keys. */
    private static final int GROUP_BUCKETS = 1024;

    private static final int BROWSE_WINDOW = 256 << 10;
    private static final String MANAGEMENT_ADDRESS = "activemq.management";

    private final CoreLink link;
    private CoreChannel channel;
    private boolean closed;

    QueueDesk(CoreLink link) {
        this.link = link;
    }

    private interface Task<T> {
        T run(ClientSession session) throws Exception;
    }

    private synchronized <T> T call(String what, Task<T> task) {
        if (closed) {
            throw new BrokerException(what + ": the broker is closed", null);
        }
        try {
            if (channel == null || !channel.isOpen()) {
                dropChannel();
                channel = link.immediate();
            }
            return task.run(channel.session());
        } catch (Exception e) {
            throw Failures.of(what, e);
        }
    }

    void address(String address) {
        call("create the address " + address, session -> {
            if (!session.addressQuery(SimpleString.of(address)).isExists()) {
                try {
                    session.createAddress(SimpleString.of(address), EnumSet.of(RoutingType.MULTICAST), false);
                } catch (ActiveMQException e) {
                    // Another node of the same broker was faster.
                    unless(ActiveMQExceptionType.ADDRESS_EXISTS, e);
                }
            }
            return null;
        });
    }

    void queue(String address, String queue) {
        address(address);
        call("create the queue " + queue, session -> {
            ClientSession.QueueQuery existing = session.queueQuery(SimpleString.of(queue));
            if (existing.isExists()) {
                if (!existing.getAddress().toString().equals(address)) {
                    throw new BrokerException("the queue " + queue + " is bound to " + existing.getAddress() + ", not to "
                            + address, null);
                }
                return null;
            }
            try {
                session.createQueue(QueueConfiguration.of(queue).setAddress(address).setRoutingType(RoutingType.MULTICAST)
                        .setDurable(true).setAutoCreated(false).setAutoDelete(false).setAutoCreateAddress(false)
                        // Without Artemis' own rebalancing: it breaks the order of what is acknowledged and not yet
                        // committed, and can leave the queue standing. The sessions see to it.
                        .setGroupBuckets(GROUP_BUCKETS));
            } catch (ActiveMQException e) {
                unless(ActiveMQExceptionType.QUEUE_EXISTS, e);
            }
            return null;
        });
    }

    void removeQueue(String queue) {
        call("remove the queue " + queue, session -> {
            try {
                session.deleteQueue(queue);
            } catch (ActiveMQException e) {
                unless(ActiveMQExceptionType.QUEUE_DOES_NOT_EXIST, e);
            }
            return null;
        });
    }

    List<String> queues() {
        return call("list the queues", session -> {
            List<String> durable = new ArrayList<>();
            for (Object name : queueNames(session)) {
                ClientSession.QueueQuery query = session.queueQuery(SimpleString.of(name.toString()));
                if (query.isExists() && query.isDurable() && !query.isTemporary()) {
                    durable.add(name.toString());
                }
            }
            durable.sort(null);
            return durable;
        });
    }

    private static Object[] queueNames(ClientSession session) throws Exception {
        ClientRequestor requestor = new ClientRequestor(session, MANAGEMENT_ADDRESS);
        try {
            ClientMessage question = session.createMessage(false);
            ManagementHelper.putOperationInvocation(question, ResourceNames.BROKER, "getQueueNames");
            ClientMessage answer = requestor.request(question, 30_000);
            if (answer == null || !ManagementHelper.hasOperationSucceeded(answer)) {
                throw new BrokerException("the broker does not tell its queues"
                        + (answer == null ? "" : ": " + ManagementHelper.getResult(answer)), null);
            }
            return (Object[]) ManagementHelper.getResult(answer);
        } finally {
            requestor.close();
        }
    }

    Optional<Long> depth(String queue) {
        return call("count the queue " + queue, session -> {
            ClientSession.QueueQuery query = session.queueQuery(SimpleString.of(queue));
            return query.isExists() ? Optional.of(query.getMessageCount()) : Optional.empty();
        });
    }

    /** On a channel of its own: reading a long queue must not keep the others waiting. */
    void browse(String queue, Consumer<Inbound> reader) {
        try (CoreChannel own = link.immediate();
                ClientConsumer browser = own.session().createConsumer(queue, null, BROWSE_WINDOW, -1, true)) {
            ClientMessage next;
            while ((next = browser.receiveImmediate()) != null) {
                reader.accept(CoreMessages.read(next));
            }
            if (browser.isClosed()) {
                throw new BrokerException("the connection to the broker was lost", null);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw Failures.of("browse the queue " + queue, e);
        }
    }

    /** Asks the broker something, to see whether it answers. */
    void check() {
        call("reach the broker", session -> session.queueQuery(SimpleString.of("yuzui.check")));
    }

    private static void unless(ActiveMQExceptionType expected, ActiveMQException e) throws ActiveMQException {
        if (e.getType() != expected) {
            throw e;
        }
    }

    private void dropChannel() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        dropChannel();
    }
}
