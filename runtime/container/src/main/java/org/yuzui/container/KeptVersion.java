package org.yuzui.container;

import java.time.Instant;

/**
 * A version that can be gone back to.
 *
 * @param sha256  of the jar as it was brought
 * @param file    its name then
 * @param bytes   its size
 * @param since   when it was brought first
 * @param lastRan when it was made the running one last; null when it never came up
 * @param current whether it is the one that is wanted now
 */
public record KeptVersion(String version, String sha256, String file, long bytes, Instant since, Instant lastRan,
                          boolean current) {
}
