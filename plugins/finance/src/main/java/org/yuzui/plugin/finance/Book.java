package org.yuzui.plugin.finance;

/**
 * A set of accounts.
 *
 * @param code what the names of its files begin with
 * @param unit whose accounts they are
 */
public record Book(String code, String unit) {
}
