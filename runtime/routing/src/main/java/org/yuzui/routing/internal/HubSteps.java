package org.yuzui.routing.internal;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.util.URISupport;
import org.yuzui.records.Rehearsal;

import java.util.Set;

/** While a message is only tried, steps that reach outside of the hub are left out and told; all others run. */
final class HubSteps implements InterceptStrategy {

    /** What computes, or is a route of the hub. {@code report:} hands something in, so that it is not among them. */
    private static final Set<String> INSIDE = Set.of("record", "rule", "direct", "bean", "class", "language", "dataformat", "xslt", "xj", "jslt",
            "json-validator", "validator", "freemarker", "velocity", "mustache", "jq", "jsonpath", "log", "controlbus", "stub", "mock");
    private static final Set<String> REACHING = Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "poll");

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode definition, Processor target, Processor next) {
        if (!REACHING.contains(definition.getShortName())) {
            return target;
        }
        String uri = uri(definition);
        boolean inside = definition.getShortName().startsWith("to") && INSIDE.contains(uri.replaceFirst(":.*$", ""));
        return inside ? target : new Outside(target, definition.getShortName() + ": " + URISupport.sanitizeUri(uri));
    }

    private static String uri(NamedNode definition) {
        if (definition instanceof ToDynamicDefinition dynamic && dynamic.getUri() != null) {
            return dynamic.getUri();
        }
        if (definition instanceof EndpointRequiredDefinition to && to.getEndpointUri() != null) {
            return to.getEndpointUri();
        }
        return definition.getLabel();
    }

    private static final class Outside extends DelegateAsyncProcessor {

        private final String step;

        private Outside(Processor target, String step) {
            super(target);
            this.step = step;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Rehearsal rehearsal = Transaction.rehearsal(exchange);
            if (rehearsal == null) {
                return super.process(exchange, callback);
            }
            rehearsal.leaveOut(step);
            callback.done(true);
            return true;
        }
    }
}
