package org.yuzui.reporting;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;

/**
 * What somebody has typed in and not handed in yet.
 *
 * @param values   as they were typed, complete or not
 * @param failures what would be wrong with it if it were handed in now
 */
public record Draft(String form, String unit, Period period, JsonNode values, String who, Instant at, List<Failure> failures) {
}
