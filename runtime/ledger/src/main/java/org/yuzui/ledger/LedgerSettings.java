package org.yuzui.ledger;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a node keeps its ledger.
 *
 * @param node    the node's id, noted with each hop
 * @param keyFile {@code data/keys/payload.key}, made at the first start; nodes that share a database share its content
 * @param folder  {@code data/payloads}, where large messages lie; nodes that share a database may share it
 * @param large   a message of so many bytes lies in a file of its own; a smaller one in the database
 * @param cipher  what is kept from now on is sealed with; what was kept before opens as it is
 * @param linger  how long the drain waits for more before it writes; a commit of the database costs a sync of the disk
 */
public record LedgerSettings(String node, Path keyFile, Path folder, long large, SealCipher cipher, Duration linger) {

    /** Where the broker would begin to put messages into files of its own, and the database values into many pieces. */
    public static final long LARGE = 256 * 1024;

    /** With files beside the key. */
    public LedgerSettings(String node, Path keyFile, Duration linger) {
        this(node, keyFile, keyFile.resolveSibling("payloads"), LARGE, SealCipher.AES_GCM, linger);
    }

    public static LedgerSettings of(String node, Path keyFile) {
        return new LedgerSettings(node, keyFile, Duration.ofMillis(50));
    }

    /** Where messages from a size lie, and from which. */
    public LedgerSettings withFiles(Path newFolder, long bytes) {
        return new LedgerSettings(node, keyFile, newFolder, bytes, cipher, linger);
    }

    public LedgerSettings sealedWith(SealCipher newCipher) {
        return new LedgerSettings(node, keyFile, folder, large, newCipher, linger);
    }
}
