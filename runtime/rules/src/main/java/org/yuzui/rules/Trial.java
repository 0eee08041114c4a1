package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;

import java.util.List;

/**
 * A decision that was made only to be looked at.
 *
 * @param input   what the rule was told; masked when it was not the asker's own
 * @param outputs the result of each decision by its name; null when it could not be made
 * @param tables  every table that was looked at, in that order; one that is asked several times stands there as often
 * @param refused why there is no result; null when there is one
 */
public record Trial(JsonNode input, JsonNode outputs, List<TriedTable> tables, long micros, Problem refused) {

    /**
     * @param values what each input column was asked of
     */
    public record TriedTable(String table, List<JsonNode> values, List<TriedRow> rows) {
    }

    /**
     * @param row     from 1
     * @param cells   whether each condition holds; null of one that could not be told
     * @param matched whether all do
     * @param chosen  whether the hit policy lets it count
     */
    public record TriedRow(int row, List<Boolean> cells, boolean matched, boolean chosen) {
    }
}
