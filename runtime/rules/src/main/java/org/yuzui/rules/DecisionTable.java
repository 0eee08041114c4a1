package org.yuzui.rules;

import java.util.List;

/**
 * A decision table as a person reads it.
 *
 * @param name      of the decision or function that it stands in
 * @param hitPolicy {@code UNIQUE, FIRST, PRIORITY, ANY, COLLECT, COLLECT SUM, RULE ORDER, OUTPUT ORDER}
 * @param inputs    the columns asked for: their labels, or their expressions
 * @param outputs   the columns answered
 */
public record DecisionTable(String name, String hitPolicy, List<String> inputs, List<String> outputs, List<Row> rows) {

    /**
     * @param when a FEEL test for each input
     * @param then a FEEL expression for each output
     * @param note the annotations, joined; empty when there is none
     */
    public record Row(List<String> when, List<String> then, String note) {
    }
}
