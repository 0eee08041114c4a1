package org.yuzui.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.Title;

import java.util.List;

/**
 * A rule as a person reads it.
 *
 * @param elements what it is told and what it decides, in the file's order
 * @param findings what the analysis of its tables found
 * @param example  an input that has everything, with values of the right types and no meaning
 */
public record RuleModel(List<Element> elements, List<Finding> findings, ObjectNode example) {

    /** What an element of a rule is. */
    public enum Kind { INPUT, DECISION, FUNCTION }

    /**
     * @param type        as the file names it; null when it names none
     * @param optional    of an input, whether it may be missing
     * @param description what its author says about it; null when nothing
     * @param needs       the names of the elements that it stands on
     * @param logic       how it decides; empty for an input
     */
    public record Element(Kind kind, String name, Title title, String type, boolean optional, String description,
                          List<String> needs, List<Logic> logic) {
    }

    /**
     * One expression of an element: a table, or FEEL as text.
     *
     * @param name  of an entry inside the element, or a function's parameters; null for the whole
     * @param text  null for a table
     * @param table null for text
     */
    public record Logic(String name, String text, DecisionTable table) {
    }

    /**
     * What is remarkable about a table, or another part of the file.
     *
     * @param code  {@code table-gap, table-overlap, table-masked-rule, table-not-analysed} …
     * @param table null when it is about no table
     * @param rows  the rows that it is about, from 1; empty for a gap
     * @param where for a gap or an overlap, the values of each input column for which it is so; otherwise empty
     */
    public record Finding(String code, String table, List<Integer> rows, List<String> where, String message, String place, String cure) {
    }
}
