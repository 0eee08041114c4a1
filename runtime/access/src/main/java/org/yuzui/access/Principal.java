package org.yuzui.access;

/**
 * Who calls.
 *
 * @param name as it stands in the audit: {@code bootstrap}
 */
public record Principal(String name) {
}
