package org.yuzui.broker;

import java.nio.file.Path;

/**
 * Where the messages live.
 *
 * @param url          {@code tcp://host:61616} of an existing Artemis (Core acceptor); null for the embedded one
 * @param user         for {@code url}
 * @param password     for {@code url}
 * @param data         the folder of the embedded broker ({@code data/artemis})
 * @param trailAddress the address that a commit's trail goes to
 * @param bufferTimeoutNanos the journal's buffer timeout; 0 or less: measured from the disk at the first start and remembered
 */
public record BrokerSettings(String url, String user, String password, Path data, String trailAddress,
                             long bufferTimeoutNanos) {

    public static BrokerSettings embedded(Path data, String trailAddress) {
        return new BrokerSettings(null, null, null, data, trailAddress, 0);
    }

    @Override
    public String toString() {
        return "BrokerSettings[url=" + url + ", user=" + user + ", data=" + data + "]";
    }
}
