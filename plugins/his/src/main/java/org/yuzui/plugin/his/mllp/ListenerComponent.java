package org.yuzui.plugin.his.mllp;

import org.apache.camel.Endpoint;
import org.apache.camel.component.mllp.MllpComponent;
import org.apache.camel.component.mllp.MllpConfiguration;
import org.apache.camel.spi.annotations.Component;
import org.yuzui.spi.Settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The scheme {@code mllp:} of this plugin, with camel-mllp's options. Bound as the bean {@code mllp} it takes the place of
 * camel-mllp's own component in the plugin's context, and only there.
 */
@Component("mllp")
public class ListenerComponent extends MllpComponent {

    private final Settings settings;

    public ListenerComponent(Settings settings) {
        this.settings = settings;
        setLogPhi(false);
    }

    /** What {@code listen.tls} says; a line in the clear without it. */
    private ListenerEndpoint.Secured secured() {
        Optional<Path> certificate = settings.text("listen.tls.certificate").map(Path::of);
        if (certificate.isEmpty()) {
            return new ListenerEndpoint.Secured(null, false);
        }
        Path key = settings.text("listen.tls.key").map(Path::of).orElseThrow();
        Path clients = settings.text("listen.tls.clientCa").map(Path::of).orElse(null);
        return new ListenerEndpoint.Secured(Tls.context(certificate.get(), key, clients), clients != null);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int colon = remaining.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("An MLLP address is host:port, such as 127.0.0.1:2575, not " + remaining);
        }
        ListenerEndpoint endpoint = new ListenerEndpoint(uri, this, new MllpConfiguration(), secured());
        endpoint.setCharsetName(getDefaultCharset());
        endpoint.setHostname(remaining.substring(0, colon));
        endpoint.setPort(Integer.parseInt(remaining.substring(colon + 1)));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
