package org.yuzui.rules;

import org.yuzui.kernel.Title;

import java.util.List;

/**
 * A decision table as a person reads it.
 *
 * @param name      of the decision or function that it stands in
 * @param hitPolicy {@code UNIQUE, FIRST, PRIORITY, ANY, COLLECT, COLLECT SUM, RULE ORDER, OUTPUT ORDER}
 * @param inputs    the columns asked for
 * @param outputs   the columns answered
 */
public record DecisionTable(String name, String hitPolicy, List<Column> inputs, List<Column> outputs, List<Row> rows) {

    /**
     * @param title      its label, or its expression, or its name
     * @param expression what is asked, in FEEL; null of an output
     * @param type       null when the file names none
     * @param values     the values that there are, as FEEL lists them; null when the file names none
     */
    public record Column(Title title, String expression, String type, String values) {
    }

    /**
     * @param when a FEEL test for each input
     * @param then a FEEL expression for each output
     * @param note the annotations, joined; empty when there is none
     */
    public record Row(List<String> when, List<String> then, String note) {
    }
}
