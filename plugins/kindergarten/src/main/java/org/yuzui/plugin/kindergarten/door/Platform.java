package org.yuzui.plugin.kindergarten.door;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.door.Call;
import org.yuzui.door.Head;
import org.yuzui.plugin.kindergarten.Signature;
import org.yuzui.spi.Settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A kindergarten's platform that may call.
 *
 * @param key     its key id
 * @param unit    the kindergarten's code: what it sends is this unit's
 * @param secrets the secret, and the one before while it is being changed
 */
record Platform(String key, String unit, List<String> secrets) {

    /** Nobody has it; a call under an unknown key is reckoned with it so that it takes as long as any other. */
    private static final Platform NOBODY = new Platform("", "", List.of("no secret at all"));

    /** By key id; one without a secret can't call. */
    static Map<String, Platform> all(Settings settings) {
        Map<String, Platform> all = new LinkedHashMap<>();
        settings.tree().path("platforms").properties().forEach(e -> {
            JsonNode p = e.getValue();
            List<String> secrets = Stream.of("secret", "previousSecret").map(n -> p.path(n).asText("")).filter(s -> !s.isEmpty()).toList();
            if (!secrets.isEmpty()) {
                all.put(e.getKey(), new Platform(e.getKey(), p.path("unit").asText(), secrets));
            }
        });
        return all;
    }

    /** @return null when the call isn't signed by a platform */
    static Platform signer(Map<String, Platform> platforms, Call call) {
        Head head = call.head();
        Platform platform = platforms.getOrDefault(head.header(Signature.KEY), NOBODY);
        boolean fits = false;
        for (String secret : platform.secrets) {
            fits |= Signature.fits(head.header(Signature.SIGNATURE), secret, head.method(), head.target(), head.header(Signature.TIMESTAMP),
                    head.header(Signature.IDEMPOTENCY_KEY), call.body());
        }
        return fits && platform != NOBODY ? platform : null;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return key + " " + unit;
    }
}
