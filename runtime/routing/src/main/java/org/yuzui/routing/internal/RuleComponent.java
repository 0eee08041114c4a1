package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.rules.Decision;
import org.yuzui.rules.Occasion;
import org.yuzui.rules.Rule;
import org.yuzui.rules.RuleInput;
import org.yuzui.rules.Rules;
import org.yuzui.spi.RefusedException;

import java.io.Reader;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The scheme {@code rule:}, only to: {@code to: rule:his/visit-checks} evaluates a decision with the body's fields as its
 * inputs. The body becomes the result, unless
 *
 * <ul>
 * <li>{@code into=field} puts the result under that field of the body;</li>
 * <li>{@code header=Name} puts it into a header and leaves the body alone.</li>
 * </ul>
 *
 * {@code decision=Name} makes one decision alone; the result is its value, otherwise an object of all by name.
 * {@code headers=a,b} names inputs that stand in headers; they count more than the body's.
 */
final class RuleComponent extends DefaultComponent {

    private final Rules rules;
    private final Owner owner;
    private final Border border;

    RuleComponent(Rules rules, Owner owner, Border border) {
        this.rules = rules;
        this.owner = owner;
        this.border = border;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String id = owner.qualify(remaining);
        Rule rule = rules.coming(id).filter(r -> border.hasRule(id)).orElseThrow(() -> rules.unknown(id));
        String decision = getAndRemoveParameter(parameters, "decision", String.class);
        if (decision != null) {
            require("decision", decision, rule, rule.decisions());
        }
        String headers = getAndRemoveParameter(parameters, "headers", String.class, "");
        List<String> inputs = headers.isBlank() ? List.of() : Arrays.stream(headers.split(",")).map(String::strip).toList();
        inputs.forEach(i -> require("input", i, rule, rule.inputs().stream().map(RuleInput::name).toList()));
        return new Decides(uri, id, decision, inputs, getAndRemoveParameter(parameters, "into", String.class),
                getAndRemoveParameter(parameters, "header", String.class));
    }

    private static void require(String what, String name, Rule rule, Collection<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("The rule '" + rule.id() + "' has no " + what + " '" + name + "'. "
                    + KnownKeys.cure(name, known));
        }
    }

    /** A use of one rule. */
    final class Decides extends DefaultEndpoint {
        private final String id;
        private final String decision;
        private final List<String> headers;
        private final String into;
        private final String header;

        private Decides(String uri, String id, String decision, List<String> headers, String into, String header) {
            super(uri, RuleComponent.this);
            this.id = id;
            this.decision = decision;
            this.headers = headers;
            this.into = into;
            this.header = header;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws Exception {
                    decide(exchange);
                }
            };
        }

        private void decide(Exchange exchange) throws Exception {
            Message message = exchange.getMessage();
            JsonNode body = json(message);
            Rule rule = rules.require(id);
            JsonNode input = headers.isEmpty() ? body : withHeaders(body, message, rule);
            Decision decided = rule.decide(input, decision, occasion(exchange));
            JsonNode result = decision == null ? decided.outputs() : decided.outputs().get(decision);
            if (header != null) {
                message.setHeader(header, plain(result));
            }
            if (into != null) {
                message.setBody(copy(body).set(into, result));
            } else if (header == null) {
                message.setBody(result);
            }
        }

        /** A delivered record was masked when it was published; what only comes in is as its system sent it. */
        private Occasion occasion(Exchange exchange) {
            return new Occasion(owner.id(), exchange.getFromRouteId(), Transaction.parent(exchange), Transaction.batch(exchange) != null);
        }

        private JsonNode json(Message message) throws InvalidPayloadException {
            Object body = message.getBody();
            if (body instanceof Map<?, ?> map) {
                return Rules.json(map);
            }
            if (body instanceof WrappedFile || body instanceof StreamCache || body instanceof Reader) {
                message.setBody(message.getMandatoryBody(byte[].class));
            }
            try {
                return message.getMandatoryBody(JsonNode.class);
            } catch (TypeConversionException | InvalidPayloadException e) {
                RefusedException refusal = new RefusedException("not-json", null, "The body for the rule " + id + " is not JSON.");
                refusal.initCause(e);
                throw refusal;
            }
        }

        private JsonNode withHeaders(JsonNode body, Message message, Rule rule) {
            ObjectNode input = copy(body);
            for (RuleInput wanted : rule.inputs()) {
                Object value = headers.contains(wanted.name()) ? message.getHeader(wanted.name()) : null;
                if (value != null) {
                    input.set(wanted.name(), Rules.json(value instanceof String text ? typed(text, wanted.type()) : value));
                }
            }
            return input;
        }

        private ObjectNode copy(JsonNode body) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            if (body instanceof ObjectNode object) {
                copy.setAll(object);
            }
            return copy;
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("rule: can only stand behind 'to'.");
        }

        @Override
        protected String createEndpointUri() {
            return "rule:" + id;
        }
    }

    /** Headers are text as often as not; what isn't what it should be stays text, and the rule says so. */
    private static Object typed(String text, String type) {
        if (type.equals("boolean") && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        if (type.equals("number") && text.matches("-?\\d+(\\.\\d+)?")) {
            return new BigDecimal(text);
        }
        return text;
    }

    /** A header is read by other components too: what has no parts is a value of Java. */
    private static Object plain(JsonNode result) {
        if (result.isTextual()) {
            return result.textValue();
        }
        if (result.isNumber()) {
            return result.decimalValue();
        }
        return result.isBoolean() ? (Object) result.booleanValue() : result.isNull() ? null : result;
    }
}
