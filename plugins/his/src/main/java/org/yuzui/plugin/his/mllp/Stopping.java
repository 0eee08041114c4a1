package org.yuzui.plugin.his.mllp;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.StatefulService;

import java.util.function.BooleanSupplier;

/** Whether the route that an exchange came from takes nothing more, so that what can be done again later is left. */
public final class Stopping {

    private Stopping() {
    }

    public static BooleanSupplier of(Exchange exchange) {
        Route route = exchange.getContext().getRoute(exchange.getFromRouteId());
        return route != null && route.getConsumer() instanceof StatefulService consumer
                ? () -> consumer.isStopping() || consumer.isStopped() : () -> false;
    }
}
