package org.yuzui.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How often a rule was asked on this node.
 *
 * @param since     when this version of it was deployed
 * @param decisions those that were made
 * @param refused   those that could not be made
 * @param rows      by table, how often each of its rows counted
 */
public record RuleUse(Instant since, long decisions, long refused, Map<String, List<Long>> rows) {
}
