package org.yuzui.routing;

/**
 * What a route that runs reads from or writes to.
 *
 * @param owner        the plugin's id, or {@code site}
 * @param from         whether it reads
 * @param scheme       {@code record, mllp, file, direct, …}
 * @param name         what stands behind the scheme, without parameters and credentials: a contract, an address
 * @param subscription by which a record is read; null otherwise
 * @param query        whether it only asks the record store
 */
public record RouteEnd(String owner, String route, boolean from, String scheme, String name, String subscription,
                       boolean query) {
}
