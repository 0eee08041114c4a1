package org.yuzui.routing.internal;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;

import java.util.Set;
import java.util.function.BiFunction;

/** Sees in what Camel reports about a route whether its far side is away, and when it is back. */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    /** What the hub itself offers is never far. */
    private static final Set<String> NEAR = Set.of("record", "rule", "schedule", "report", "direct", "seda");

    /** From where a failure is told by those who brought the exchange. */
    private static final Set<String> TOLD = Set.of("record", "schedule", "direct");

    private final String owner;
    private final Troubles troubles;
    private final BiFunction<Route, String, String> place;

    /** @param place file and line of an endpoint that a route names */
    Watch(String owner, Troubles troubles, BiFunction<Route, String, String> place) {
        this.owner = owner;
        this.troubles = troubles;
        this.place = place;
    }

    /** Listens to what the route's consumer says between two exchanges; once for each consumer. */
    void over(Route route) {
        Consumer consumer = route.getConsumer();
        if (consumer instanceof ScheduledPollConsumer poller) {
            PollingConsumerPollStrategy usual = poller.getPollStrategy(); // null stands for Camel's own, until it starts
            poller.setPollStrategy(polls(route, usual == null ? new DefaultPollingConsumerPollStrategy() : usual));
        }
        if (consumer instanceof DefaultConsumer usual) {
            usual.setExceptionHandler(exceptions(route, usual.getExceptionHandler()));
        }
    }

    /** @return whether the far side is away */
    boolean sourceFailed(Route route, Throwable thrown) {
        return came(route, Troubles.Side.SOURCE, route.getEndpoint().getEndpointUri(), thrown);
    }

    /** The consumer has started. One that polls has not reached anything by that: its first poll tells. */
    void sourceStarted(Route route) {
        if (!(route.getConsumer() instanceof ScheduledPollConsumer)) {
            sourceWorks(route);
        }
    }

    /** Nobody tries it any more, so nothing hinders it. */
    void sourceHeld(Route route) {
        troubles.went(route.getRouteId(), Troubles.Side.SOURCE);
        troubles.went(route.getRouteId(), Troubles.Side.TARGET);
    }

    private void sourceWorks(Route route) {
        troubles.went(route.getRouteId(), Troubles.Side.SOURCE);
    }

    void exchangeDone(Route route, Exchange exchange) {
        Throwable thrown = exchange.getException() != null ? exchange.getException()
                : exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        if (thrown == null) {
            troubles.went(route.getRouteId(), Troubles.Side.TARGET);
            sourceWorks(route);
            return;
        }
        String endpoint = exchange.getProperty(ExchangePropertyKey.FAILURE_ENDPOINT, String.class);
        if (endpoint == null) {
            endpoint = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class);
        }
        if (!came(route, Troubles.Side.TARGET, endpoint, thrown) && exchange.getException() != null
                && !TOLD.contains(scheme(route.getEndpoint().getEndpointUri()))) {
            LOG.warn("{}, route {}: an exchange failed{}: {}", owner, route.getRouteId(),
                    endpoint == null ? "" : " at " + shown(endpoint), sentence(thrown));
            LOG.debug("The trace", thrown);
        }
    }

    private static String scheme(String uri) {
        return uri.replaceFirst(":.*$", "");
    }

    /** The innermost reason, on one line. */
    private static String sentence(Throwable thrown) {
        Throwable root = thrown;
        for (int i = 0; root.getCause() != null && i < 20; i++) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? "" : ": " + root.getMessage().replaceAll("\\s+", " ");
        return root.getClass().getSimpleName() + message;
    }

    private boolean came(Route route, Troubles.Side side, String endpoint, Throwable thrown) {
        if (endpoint != null && NEAR.contains(scheme(endpoint))) {
            return false;
        }
        Throwable cause = Unreachable.in(thrown).orElse(null);
        if (cause == null) {
            return false;
        }
        String shown = endpoint == null ? "what route " + route.getRouteId() + " needs" : shown(endpoint);
        troubles.came(route.getRouteId(), side, new Problem("unreachable", place.apply(route, endpoint),
                "The route '" + route.getRouteId() + "' can't reach " + shown + ": " + Unreachable.reason(cause) + ".",
                "It goes on by itself when that can be reached again; check the address, the line and the system there."));
        return true;
    }

    /** Without what may be secret or long. */
    static String shown(String endpoint) {
        return URISupport.sanitizeUri(endpoint).replaceFirst("\\?.*$", "").replaceFirst("//[^/@]*@", "//");
    }

    private PollingConsumerPollStrategy polls(Route route, PollingConsumerPollStrategy usual) {
        return new PollingConsumerPollStrategy() {
            @Override
            public boolean begin(Consumer consumer, Endpoint endpoint) {
                return usual.begin(consumer, endpoint);
            }

            @Override
            public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
                sourceWorks(route);
                usual.commit(consumer, endpoint, polledMessages);
            }

            @Override
            public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) throws Exception {
                sourceFailed(route, cause);
                return usual.rollback(consumer, endpoint, retryCounter, cause);
            }
        };
    }

    /** What is told as a trouble is not logged as an error at every poll. */
    private ExceptionHandler exceptions(Route route, ExceptionHandler usual) {
        return new ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                if (!sourceFailed(route, exception)) {
                    usual.handleException(exception);
                }
            }

            @Override
            public void handleException(String message, Throwable exception) {
                if (!sourceFailed(route, exception)) {
                    usual.handleException(message, exception);
                }
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                if (exchange != null && usual instanceof LoggingExceptionHandler) {
                    LOG.debug("{}: the route failed, as it has said already", message, exception);
                } else if (exchange != null || !sourceFailed(route, exception)) {
                    usual.handleException(message, exchange, exception);
                }
            }
        };
    }
}
