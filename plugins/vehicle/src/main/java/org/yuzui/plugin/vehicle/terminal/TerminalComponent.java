package org.yuzui.plugin.vehicle.terminal;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.plugin.vehicle.Fleet;
import org.yuzui.spi.Settings;

import java.util.Map;

/** The scheme {@code jt808:host:port}, only from. Its other options are the plugin's settings under {@code listen}. */
public final class TerminalComponent extends DefaultComponent {

    private final Settings settings;
    private final Fleet fleet;

    public TerminalComponent(Settings settings, Fleet fleet) {
        this.settings = settings;
        this.fleet = fleet;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new ListeningEndpoint(uri, this, remaining, (endpoint, processor) ->
                new TerminalConsumer(endpoint, processor, TerminalSettings.of(settings), fleet));
    }
}
