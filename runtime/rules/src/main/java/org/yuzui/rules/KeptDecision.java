package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import org.yuzui.rules.Decision.Fired;

import java.time.Instant;
import java.util.List;

/**
 * A decision that was made, as somebody may see it afterwards: of texts, only what the rule itself knows, what looks like a
 * date, what came masked from a record, and what its file says is not personal.
 *
 * @param number  counts the rule's decisions since {@link RuleUse#since()}
 * @param only    the one decision that was asked for; null for all
 * @param input   masked; null when it was too large to keep
 * @param outputs masked; null when it was refused
 * @param refused why there is no decision; null when there is one
 */
public record KeptDecision(long number, Instant at, Occasion occasion, String only, JsonNode input, JsonNode outputs,
                           List<Fired> fired, long micros, Problem refused) {
}
