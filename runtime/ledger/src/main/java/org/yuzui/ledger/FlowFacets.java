package org.yuzui.ledger;

import java.util.List;

/**
 * How the flows that a filter matches are spread.
 *
 * @param counted how many were counted
 * @param all     whether these are all; else they are the newest ones, as many as can be counted at once
 * @param groups  by each of status, contract, plugin, unit and cause code, the most frequent first
 */
public record FlowFacets(long counted, boolean all, List<Group> groups) {

    /** @param by {@code status, contract, plugin, unit} or {@code causeCode} */
    public record Group(String by, List<Count> counts) {
    }

    public record Count(String value, long flows) {
    }
}
