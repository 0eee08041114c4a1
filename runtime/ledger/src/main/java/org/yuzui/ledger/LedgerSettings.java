package org.yuzui.ledger;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a node keeps its ledger.
 *
 * @param node    the node's id, noted with each hop
 * @param keyFile {@code data/keys/payload.key}, made at the first start; nodes that share a database share its content
 * @param linger  how long the drain waits for more before it writes; a commit of the database costs a sync of the disk
 */
public record LedgerSettings(String node, Path keyFile, Duration linger) {

    public static LedgerSettings of(String node, Path keyFile) {
        return new LedgerSettings(node, keyFile, Duration.ofMillis(50));
    }
}
