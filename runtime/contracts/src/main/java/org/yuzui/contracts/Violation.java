package org.yuzui.contracts;

/**
 * One way in which a record breaks its contract.
 *
 * @param pointer JSON pointer to the value
 * @param rule    the schema keyword, or the id of the rule
 * @param message for a person; never holds the value of a field that isn't public
 */
public record Violation(String pointer, String rule, String message) {
}
