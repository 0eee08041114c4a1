package org.yuzui.rules;

/**
 * What a rule must be told.
 *
 * @param name     the field of the input
 * @param type     as the file names it: {@code date}, {@code tTrip}
 * @param optional whether it may be missing; it is null in the rule then
 */
public record RuleInput(String name, String type, boolean optional) {
}
