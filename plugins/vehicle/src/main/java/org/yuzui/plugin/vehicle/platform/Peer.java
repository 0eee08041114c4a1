package org.yuzui.plugin.vehicle.platform;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.vehicle.jt809.Cipher;
import org.yuzui.plugin.vehicle.jt809.Frames.Standard;
import org.yuzui.spi.Settings;

import java.util.HashMap;
import java.util.Map;

/**
 * A platform that may log in.
 *
 * @param centre   its access code; -1 when any will do
 * @param standard {@code UNKNOWN} when the log-in shall tell
 * @param cipher   null when no constants were agreed on
 * @param subLink  whether to connect back
 * @param subHost  where to; empty for where the main link comes from
 */
record Peer(long user, String password, long centre, Standard standard, Cipher cipher, boolean subLink, String subHost) {

    static Map<Long, Peer> of(Settings settings) {
        Map<Long, Peer> peers = new HashMap<>();
        settings.tree().path("platforms").path("peers").fields().forEachRemaining(e -> {
            JsonNode p = e.getValue();
            long user;
            try {
                user = Long.parseLong(e.getKey());
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("platforms.peers: '" + e.getKey()
                        + "' is no user id. A platform's user id is a number.", notANumber);
            }
            Standard standard = switch (p.path("standard").asInt()) {
                case 2011 -> Standard.V2011;
                case 2019 -> Standard.V2019;
                default -> Standard.UNKNOWN;
            };
            Cipher cipher = p.has("m1") ? new Cipher(p.path("m1").asLong(), p.path("ia1").asLong(), p.path("ic1").asLong()) : null;
            peers.put(user, new Peer(user, p.path("password").asText(), p.path("centre").asLong(-1), standard, cipher,
                    p.path("subLink").asBoolean(), p.path("subLinkHost").asText()));
        });
        return peers;
    }

    /** Neither a log nor a trace shows password or constants. */
    @Override
    public String toString() {
        return "platform " + user;
    }
}
