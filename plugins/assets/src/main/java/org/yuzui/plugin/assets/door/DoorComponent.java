package org.yuzui.plugin.assets.door;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.yuzui.spi.Settings;

import java.net.InetSocketAddress;
import java.util.Map;

/**
 * The scheme {@code door:host:port}, only from. Its other options are the plugin's settings under {@code http}. The body is what
 * was sent; the call is answered when the route is done.
 */
public final class DoorComponent extends DefaultComponent {

    /** Header: what the path names, {@link #ASSETS} or {@link #MOVEMENTS}. */
    public static final String WHAT = "AssetsWhat";
    public static final String ASSETS = "assets";
    public static final String MOVEMENTS = "movements";

    private final Settings settings;

    public DoorComponent(Settings settings) {
        this.settings = settings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        int colon = remaining.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("An address is host:port, such as 0.0.0.0:7890, not " + remaining);
        }
        InetSocketAddress address = new InetSocketAddress(remaining.substring(0, colon), Integer.parseInt(remaining.substring(colon + 1)));
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException(getEndpointUri() + " can only stand behind 'from'.");
            }

            @Override
            public Consumer createConsumer(Processor processor) throws Exception {
                Consumer consumer = new DoorConsumer(this, processor, address, settings);
                configureConsumer(consumer);
                return consumer;
            }
        };
    }
}
