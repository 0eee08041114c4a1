package org.yuzui.plugin.assets.door;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.spi.Settings;

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
        return new ListeningEndpoint(uri, this, remaining, (endpoint, processor) -> new DoorConsumer(endpoint, processor, settings));
    }
}
