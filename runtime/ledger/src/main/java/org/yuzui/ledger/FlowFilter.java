package org.yuzui.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which flows; every component may be null for "any".
 *
 * @param contract  exactly
 * @param keyPrefix the business key, or how it begins
 * @param statuses  any of these
 * @param units     any of these unit codes (a subtree, resolved by the caller)
 * @param plugin    the plugin that it arrived by ({@code site} for the site's routes)
 * @param route     the route that it arrived by
 * @param causeCode the code of its last cause, exactly
 * @param cause     the group of its last cause: {@link CauseGroup#id()}
 * @param from      first arrival at or after
 * @param to        first arrival before
 * @param text      in the key, the source's id or the cause, any case
 * @param fields    values of indexed fields by their names, exactly; all of them
 * @param parent    the flow that it was made from
 */
public record FlowFilter(String contract, String keyPrefix, Set<FlowStatus> statuses, Set<String> units, String plugin,
                         String route, String causeCode, String cause, Instant from, Instant to, String text,
                         Map<String, String> fields, UUID parent) {

    /** All flows. */
    public static final FlowFilter ALL = where().build();

    /** Flows that stand so. */
    public static FlowFilter of(FlowStatus... statuses) {
        return where().status(statuses).build();
    }

    /** What was made from a flow. */
    public static FlowFilter madeFrom(UUID parent) {
        return where().parent(parent).build();
    }

    /** What is not said is any. */
    public static Builder where() {
        return new Builder();
    }

    /** Fills in a filter; each method sets the component of its name, null for any. */
    public static final class Builder {

        private String contract;
        private String keyPrefix;
        private Set<FlowStatus> statuses;
        private Set<String> units;
        private String plugin;
        private String route;
        private String causeCode;
        private String cause;
        private Instant from;
        private Instant to;
        private String text;
        private Map<String, String> fields;
        private UUID parent;

        private Builder() {
        }

        public Builder contract(String id) {
            this.contract = id;
            return this;
        }

        /** The whole key, or how it begins. */
        public Builder key(String prefix) {
            this.keyPrefix = prefix;
            return this;
        }

        public Builder status(FlowStatus... anyOf) {
            return statuses(Set.of(anyOf));
        }

        public Builder statuses(Set<FlowStatus> anyOf) {
            this.statuses = anyOf;
            return this;
        }

        public Builder units(Set<String> anyOf) {
            this.units = anyOf;
            return this;
        }

        public Builder plugin(String id) {
            this.plugin = id;
            return this;
        }

        public Builder route(String id) {
            this.route = id;
            return this;
        }

        public Builder causeCode(String code) {
            this.causeCode = code;
            return this;
        }

        /** @param group {@link CauseGroup#id()} */
        public Builder cause(String group) {
            this.cause = group;
            return this;
        }

        /** First arrival at or after one, and before the other. */
        public Builder between(Instant newFrom, Instant newTo) {
            this.from = newFrom;
            this.to = newTo;
            return this;
        }

        public Builder text(String part) {
            this.text = part;
            return this;
        }

        /** By no field when there is none. */
        public Builder fields(Map<String, String> valuesByName) {
            this.fields = valuesByName == null || valuesByName.isEmpty() ? null : Map.copyOf(valuesByName);
            return this;
        }

        public Builder parent(UUID flow) {
            this.parent = flow;
            return this;
        }

        public FlowFilter build() {
            return new FlowFilter(contract, keyPrefix, statuses, units, plugin, route, causeCode, cause, from, to, text, fields, parent);
        }
    }
}
