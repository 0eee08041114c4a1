package org.yuzui.plugin.vehicle.platform;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.plugin.vehicle.Fleet;
import org.yuzui.spi.Settings;

import java.util.Map;

/** The scheme {@code jt809:host:port}, only from. Its other options are the plugin's settings under {@code platforms}. */
public final class PlatformComponent extends DefaultComponent {

    private final Settings settings;
    private final Fleet fleet;

    public PlatformComponent(Settings settings, Fleet fleet) {
        this.settings = settings;
        this.fleet = fleet;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new ListeningEndpoint(uri, this, remaining, (endpoint, processor) ->
                new PlatformConsumer(endpoint, processor, settings, fleet));
    }
}
