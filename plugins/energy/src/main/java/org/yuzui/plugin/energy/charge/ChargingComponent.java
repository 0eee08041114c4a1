package org.yuzui.plugin.energy.charge;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.spi.Settings;

import java.util.Map;

/** The scheme {@code charging:host:port}, only from. Its other options are the plugin's settings under {@code charging}. */
public final class ChargingComponent extends DefaultComponent {

    private final Settings settings;
    private final Charging charging;

    public ChargingComponent(Settings settings) {
        this.settings = settings;
        this.charging = new Charging(settings);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new ListeningEndpoint(uri, this, remaining, (endpoint, processor) ->
                new ChargingConsumer(endpoint, processor, settings, charging));
    }
}
