package org.yuzui.plugin.vehicle.intake;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.spi.Settings;

import java.util.Map;

/** The scheme {@code intake:host:port}, only from. Its other options are the plugin's settings under {@code http}. */
public final class IntakeComponent extends DefaultComponent {

    private final Settings settings;

    public IntakeComponent(Settings settings) {
        this.settings = settings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new ListeningEndpoint(uri, this, remaining, (endpoint, processor) ->
                new IntakeConsumer(endpoint, processor, settings));
    }
}
