package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.ledger.Message;
import org.yuzui.spi.Headers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Sees what a delivery's exchange gives on, and keeps what it gave last when that is wanted. */
final class Passing {

    private static final Logger LOG = LoggerFactory.getLogger(Passing.class);
    private static final String PROPERTY = "YuzuiPassing";
    /** What goes there does not leave the route. */
    private static final Set<String> INNER = Set.of("direct", "seda", "disruptor", "bean", "class", "log", "rule", "schedule", "language",
            "dataformat", "validator", "json-validator", "xslt", "xslt-saxon", "jslt", "jsonata", "jq", "controlbus", "stub");
    /** A longer stream is not read for this. */
    private static final long MOST = 32L << 20;

    private final boolean wanted;
    private volatile boolean passed;
    private volatile Message last;

    private Passing(boolean wanted) {
        this.wanted = wanted;
    }

    /** Has a context tell of what its exchanges send; before it starts. */
    static void watch(CamelContext camel, ObjectMapper json) {
        camel.getManagementStrategy().addEventNotifier(new Sendings(json));
    }

    /** @param wanted whether what is given is kept */
    static Passing begin(Exchange exchange, boolean wanted) {
        Passing passing = new Passing(wanted);
        exchange.setProperty(PROPERTY, passing);
        return passing;
    }

    /** Whether anything left the route. */
    boolean passed() {
        return passed;
    }

    /** What was given last, as its header says or as it was seen; null when there is nothing that can be kept. */
    Message last(Exchange exchange) {
        Object said = wanted ? exchange.getMessage().getHeader(Headers.DELIVERED) : null;
        Message message = said == null ? null : Origins.message(said);
        return message == null ? last : message;
    }

    /**
     * Whether a route may keep a record back: it has a filter, a choice or a stop, and gives on what these let through. Of one that gives on
     * by a bean alone nobody could tell whether it did.
     */
    static boolean mayKeepBack(CamelContext camel, String routeId) {
        RouteDefinition route = camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(routeId);
        return route != null && holds(route, FilterDefinition.class, ChoiceDefinition.class, StopDefinition.class) && givesOn(route);
    }

    private static boolean holds(ProcessorDefinition<?> step, Class<?>... kinds) {
        for (Class<?> kind : kinds) {
            if (kind.isInstance(step)) {
                return true;
            }
        }
        return step.getOutputs().stream().anyMatch(s -> holds(s, kinds));
    }

    private static boolean givesOn(ProcessorDefinition<?> step) {
        return step instanceof ToDynamicDefinition || step instanceof SendDefinition<?> to && to.getEndpointUri() != null
                && leaves(to.getEndpointUri()) || step.getOutputs().stream().anyMatch(Passing::givesOn);
    }

    private static boolean leaves(String uri) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? uri : uri.substring(0, colon);
        return !INNER.contains(scheme) && !(scheme.equals("record") && (uri.contains("query=") || uri.matches("record:(//)?(refused|ignored)\\b.*")));
    }

    private void sends(Exchange exchange, Endpoint endpoint, ObjectMapper json) {
        String uri = endpoint.getEndpointUri();
        if (!leaves(uri)) {
            return;
        }
        passed = true;
        // What becomes a record, or a submission, is kept as that.
        if (wanted && !uri.startsWith("record:") && !uri.startsWith("report:")) {
            try {
                last = bytes(exchange, json);
            } catch (IOException | RuntimeException e) { // what a body is belongs to the plugin: that it can't be read twice must not fail it
                LOG.debug("what goes to {} can't be kept", Watch.shown(uri), e);
                last = null;
            }
        }
    }

    private static Message bytes(Exchange exchange, ObjectMapper json) throws IOException {
        Object body = exchange.getMessage().getBody();
        if (body instanceof StreamCache stream) {
            if (stream.length() > MOST) {
                return null;
            }
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            stream.reset();
            stream.writeTo(copy);
            stream.reset();
            return Message.of(copy.toByteArray());
        }
        if (body instanceof String text) {
            String charset = exchange.getProperty(Exchange.CHARSET_NAME, String.class);
            return Message.of(text.getBytes(charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset)));
        }
        if (body instanceof byte[] array) {
            return Message.of(array.clone()); // its owner may go on with it
        }
        if (body instanceof JsonNode || body instanceof Map || body instanceof Collection) {
            return Message.of(json.writeValueAsBytes(body));
        }
        return null;
    }

    private static final class Sendings extends EventNotifierSupport {

        private final ObjectMapper json;

        private Sendings(ObjectMapper json) {
            this.json = json;
            setIgnoreCamelContextInitEvents(true);
            setIgnoreCamelContextEvents(true);
            setIgnoreRouteEvents(true);
            setIgnoreServiceEvents(true);
            setIgnoreExchangeCreatedEvent(true);
            setIgnoreExchangeCompletedEvent(true);
            setIgnoreExchangeFailedEvents(true);
            setIgnoreExchangeRedeliveryEvents(true);
            setIgnoreExchangeSentEvents(true);
            setIgnoreStepEvents(true);
        }

        @Override
        public boolean isEnabled(CamelEvent event) {
            return event instanceof ExchangeSendingEvent;
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof ExchangeSendingEvent sending
                    && sending.getExchange().getProperty(PROPERTY) instanceof Passing passing) {
                passing.sends(sending.getExchange(), sending.getEndpoint(), json);
            }
        }
    }
}
