package org.yuzui.broker.internal;

import java.time.Instant;
import java.util.Map;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.yuzui.broker.Inbound;

record CoreInbound(ClientMessage core, String address, String group, Map<String, String> headers, byte[] body,
                   Instant sentAt, int deliveryCount) implements Inbound {

    @Override
    public String header(String name) {
        return headers.get(name);
    }

    /** Without the body and the headers: they may hold personal data. */
    @Override
    public String toString() {
        return "message " + core.getMessageID() + " of " + address;
    }
}
