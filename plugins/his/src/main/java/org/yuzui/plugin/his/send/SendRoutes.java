package org.yuzui.plugin.his.send;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.builder.RouteBuilder;
import org.yuzui.spi.Settings;

import java.util.List;

/**
 * Adds two routes for each system under {@code send}: {@code send-<name>} reads the contract's records in their order, one at a
 * time, and {@code line-<name>} is one try over the line, by which the hub sees when that is down.
 */
public final class SendRoutes implements CamelContextAware {

    private final List<Target> targets;
    private CamelContext context;

    /** @throws IllegalArgumentException naming a certificate or key that can't be used */
    public SendRoutes(Settings settings) {
        this.targets = Target.of(settings);
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        if (context != null) {
            return;
        }
        context = camel;
        try {
            for (Target target : targets) {
                if (target.tls() != null) {
                    camel.getRegistry().bind(target.tlsBean(), target.tls());
                }
                camel.addRoutes(routes(target));
            }
        } catch (Exception e) {
            throw new IllegalStateException("The routes of 'send' can't be made: " + e.getMessage(), e);
        }
    }

    private static RouteBuilder routes(Target target) {
        return new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                from("record:" + target.contract() + "?subscription=send-" + target.name() + "&batch=1").routeId("send-" + target.name())
                        .process(new Forwarding(target, getContext()));
                from("direct:" + Forwarding.lineRoute(target)).routeId(Forwarding.lineRoute(target)).to(target.uri());
            }
        };
    }
}
