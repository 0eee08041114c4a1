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
    public static final FlowFilter ALL = new FlowFilter(null, null, null, null, null, null, null, null, null, null, null);

    /** By no field, and whatever they were made from. */
    public FlowFilter(String contract, String keyPrefix, Set<FlowStatus> statuses, Set<String> units, String plugin,
                      String route, String causeCode, String cause, Instant from, Instant to, String text) {
        this(contract, keyPrefix, statuses, units, plugin, route, causeCode, cause, from, to, text, null, null);
    }

    /** Flows that stand so. */
    public static FlowFilter of(FlowStatus... statuses) {
        return new FlowFilter(null, null, Set.of(statuses), null, null, null, null, null, null, null, null);
    }

    /** What was made from a flow. */
    public static FlowFilter madeFrom(UUID parent) {
        return new FlowFilter(null, null, null, null, null, null, null, null, null, null, null, null, parent);
    }

    /** The same among those whose record has these values. */
    public FlowFilter withFields(Map<String, String> values) {
        return new FlowFilter(contract, keyPrefix, statuses, units, plugin, route, causeCode, cause, from, to, text,
                values == null || values.isEmpty() ? null : Map.copyOf(values), parent);
    }
}
