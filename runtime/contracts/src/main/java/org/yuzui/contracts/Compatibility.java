package org.yuzui.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.contracts.internal.SchemaComparison;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a new schema may take the place of an old one under the same id: every record that was valid must stay valid, no
 * field may vanish, and key, unit, date and order must stay where they are. What can't be proven counts as breaking.
 *
 * <p>Allowed are: new optional fields, wider types, enums and limits, other titles, masks and indexes.
 */
public record Compatibility(List<Finding> findings) {

    /**
     * One thing that breaks.
     *
     * @param field JSON pointer into a record, {@code *} standing for any item or any other name; empty for the whole contract
     * @param rule  the keyword that changed
     * @param why   a sentence without the field's name in front: {@code is required now.}
     */
    public record Finding(String field, String rule, String why) {

        @Override
        public String toString() {
            return (field.isEmpty() ? "The record" : field) + " " + why;
        }
    }

    public Compatibility {
        findings = List.copyOf(findings);
    }

    public static Compatibility between(JsonNode known, JsonNode coming) {
        return new Compatibility(SchemaComparison.of(known, coming));
    }

    public boolean compatible() {
        return findings.isEmpty();
    }

    /** All findings on one line. */
    public String sentence() {
        return findings.stream().map(Finding::toString).collect(Collectors.joining(" "));
    }
}
