package org.yuzui.rules;

import java.util.UUID;

/**
 * Where a decision is asked for; kept with it.
 *
 * @param owner  whose route asks: a plugin's id, or {@code site}; null when no route does
 * @param route  the route's id
 * @param flow   the record that the route works on; null when that isn't one yet
 * @param masked whether what the rule is told comes from a record, and so is masked already as its contract says
 */
public record Occasion(String owner, String route, UUID flow, boolean masked) {

    public static final Occasion NONE = new Occasion(null, null, null, false);
}
