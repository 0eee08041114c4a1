package org.yuzui.plugin.energy.charge;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.yuzui.spi.Settings;

import java.net.InetSocketAddress;
import java.util.Map;

/** The scheme {@code charging:host:port}, only from. Its other options are the plugin's settings under {@code charging}. */
public final class ChargingComponent extends DefaultComponent {

    private final Charging charging;

    public ChargingComponent(Settings settings) {
        this.charging = new Charging(settings);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        int colon = remaining.lastIndexOf(':');
        InetSocketAddress address = new InetSocketAddress(remaining.substring(0, colon), Integer.parseInt(remaining.substring(colon + 1)));
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException(getEndpointUri() + " can only stand behind 'from'.");
            }

            @Override
            public Consumer createConsumer(Processor processor) throws Exception {
                Consumer consumer = new ChargingConsumer(this, processor, charging, address);
                configureConsumer(consumer);
                return consumer;
            }
        };
    }
}
