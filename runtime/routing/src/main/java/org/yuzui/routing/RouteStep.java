package org.yuzui.routing;

import java.util.List;

/**
 * One step of a route as it is written: settings by their names, never by what they hold.
 *
 * @param kind     Camel's word: {@code to, bean, choice, filter, split, …}
 * @param label    what it does, readable
 * @param id       null when it has none of its own
 * @param line     in the route's file; null when that isn't known
 * @param branches the steps inside: one list for a block, one for each {@code when} and the {@code otherwise} of a choice
 */
public record RouteStep(String kind, String label, String id, Integer line, List<Branch> branches) {

    /** Steps that are taken under a condition, or for each part of a message. */
    public record Branch(String kind, String label, List<RouteStep> steps) {
    }
}
