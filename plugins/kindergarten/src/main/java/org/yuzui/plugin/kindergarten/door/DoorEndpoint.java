package org.yuzui.plugin.kindergarten.door;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.yuzui.spi.Settings;

import java.net.InetSocketAddress;

/** The address at which platforms are listened to. */
final class DoorEndpoint extends DefaultEndpoint {

    private final String host;
    private final int port;
    private final Settings settings;

    /** @param address {@code 127.0.0.1:8093} */
    DoorEndpoint(String uri, Component component, String address, Settings settings) {
        super(uri, component);
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("An address is host:port, such as 0.0.0.0:8093, not " + address);
        }
        this.host = address.substring(0, colon);
        this.port = Integer.parseInt(address.substring(colon + 1));
        this.settings = settings;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(getEndpointUri() + " can only stand behind 'from'.");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = new DoorConsumer(this, processor, settings);
        configureConsumer(consumer);
        return consumer;
    }
}
