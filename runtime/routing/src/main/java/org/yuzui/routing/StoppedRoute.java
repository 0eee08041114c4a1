package org.yuzui.routing;

import java.time.Instant;

/**
 * That somebody stopped a route by hand.
 *
 * @param owner  the plugin's id, or {@code site}
 * @param reason null when none was given
 */
public record StoppedRoute(String owner, String route, String who, String reason, Instant since) {
}
