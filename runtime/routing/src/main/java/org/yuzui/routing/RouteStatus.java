package org.yuzui.routing;

import org.yuzui.kernel.Problem;

/**
 * How a route stands.
 *
 * @param owner   the plugin's id, or {@code site}
 * @param file    the file that it is written in
 * @param from    the endpoint it reads from, without credentials
 * @param state   Camel's word: {@code Started, Stopped, …}; {@code Refused} for a file that could not be taken
 * @param done    exchanges that ended well since it was deployed
 * @param failed  exchanges that failed
 * @param problem for a refused file: what is wrong; the routes of its last good version may still run. Otherwise what
 *                hinders the route at present, such as a system that can't be reached; null when nothing does
 */
public record RouteStatus(String id, String owner, String file, String from, String state, long done, long failed,
                          Problem problem) {
}
