package org.yuzui.plugin.kindergarten.door;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.spi.Settings;

import java.util.Map;

/** The scheme {@code platforms:host:port}, only from. Its other options are the plugin's settings under {@code http}. */
public final class DoorComponent extends DefaultComponent {

    private final Settings settings;

    public DoorComponent(Settings settings) {
        this.settings = settings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new ListeningEndpoint(uri, this, remaining, (endpoint, processor) -> new DoorConsumer(endpoint, processor, settings));
    }
}
