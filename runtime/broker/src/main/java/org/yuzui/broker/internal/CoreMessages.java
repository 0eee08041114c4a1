package org.yuzui.broker.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.yuzui.broker.Outbound;
import org.yuzui.broker.Trail;

/** Turns the hub's messages into Core messages and back. */
final class CoreMessages {

    private static final byte PRIORITY = 4;
    /** Room for what Artemis writes around a body, so that its buffer need not grow. */
    private static final int BESIDE_THE_BODY = 512;

    private final Clock clock;
    private final String trailAddress;

    CoreMessages(Clock clock, String trailAddress) {
        this.clock = clock;
        this.trailAddress = trailAddress;
    }

    void send(CoreChannel channel, Outbound message) throws ActiveMQException {
        channel.producer().send(message.address(), filled(create(channel), message));
    }

    /** Sends all entries as one message. */
    void sendTrail(CoreChannel channel, List<byte[]> entries) throws ActiveMQException {
        channel.producer().send(trailAddress, filled(create(channel), trail(entries)));
    }

    /** The message as the server itself would make it, without a client. */
    CoreMessage make(long id, Outbound message) {
        CoreMessage core = new CoreMessage(id, message.body().length + BESIDE_THE_BODY);
        core.setType(Message.BYTES_TYPE).setDurable(true).setTimestamp(clock.millis()).setPriority(PRIORITY).setAddress(message.address());
        return filled(core, message);
    }

    /** All entries in one message. */
    Outbound trail(List<byte[]> entries) {
        return new Outbound(trailAddress, null, null, Map.of(), Trail.join(entries));
    }

    private ClientMessage create(CoreChannel channel) {
        return channel.session().createMessage(Message.BYTES_TYPE, true, 0, clock.millis(), PRIORITY);
    }

    private static <M extends ICoreMessage> M filled(M core, Outbound message) {
        core.setRoutingType(RoutingType.MULTICAST);
        core.getBodyBuffer().writeBytes(message.body());
        message.headers().forEach(core::putStringProperty);
        if (message.group() != null) {
            core.putStringProperty(Message.HDR_GROUP_ID, SimpleString.of(message.group()));
        }
        if (message.duplicateId() != null) {
            core.putBytesProperty(Message.HDR_DUPLICATE_DETECTION_ID, message.duplicateId().getBytes(StandardCharsets.UTF_8));
        }
        return core;
    }

    /** Reads it whole, at once: the body of a large message can't be read any more after the next receive. */
    static CoreInbound read(ClientMessage core) throws ActiveMQException {
        Map<String, String> headers = new HashMap<>();
        for (SimpleString name : core.getPropertyNames()) {
            String key = name.toString();
            if (!key.startsWith("_AMQ")) {
                headers.put(key, core.getStringProperty(name));
            }
        }
        SimpleString group = core.getSimpleStringProperty(Message.HDR_GROUP_ID);
        return new CoreInbound(core, core.getAddress(), group == null ? null : group.toString(), Map.copyOf(headers),
                body(core), Instant.ofEpochMilli(core.getTimestamp()), core.getDeliveryCount());
    }

    private static byte[] body(ClientMessage core) throws ActiveMQException {
        if (core.isLargeMessage()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(EmbeddedConfiguration.LARGE_MESSAGE);
            core.saveToOutputStream(out);
            return out.toByteArray();
        }
        ActiveMQBuffer buffer = core.getBodyBuffer();
        byte[] body = new byte[buffer.readableBytes()];
        buffer.readBytes(body);
        return body;
    }
}
