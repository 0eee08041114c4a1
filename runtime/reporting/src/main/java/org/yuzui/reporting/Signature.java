package org.yuzui.reporting;

/**
 * Who did something, and by which door it came.
 *
 * @param who  as they are known to the hub; null for a route
 * @param door {@code route}, {@code rest}, {@code csv}, {@code xlsx}, {@code folder}
 */
public record Signature(String who, String door) {

    /** What a route hands in. */
    public static final Signature ROUTE = new Signature(null, "route");
}
