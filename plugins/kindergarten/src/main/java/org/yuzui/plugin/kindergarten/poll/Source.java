package org.yuzui.plugin.kindergarten.poll;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.kindergarten.Items;
import org.yuzui.plugin.kindergarten.Wire;
import org.yuzui.spi.Settings;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An interface that is polled: {@code GET url?since=cursor&limit=n} answers {@code {"items": […], "next": cursor, "more":
 * true}}.
 *
 * @param every time between two polls
 * @param pages of a poll at most
 */
record Source(String name, String unit, Items.Kind kind, String url, Duration every, int limit, int pages, Wire wire) {

    private static final int PAGE_BYTES = 16 << 20;

    static List<Source> all(Settings settings, Clock clock) {
        Duration timeout = Duration.ofSeconds(settings.number("poll.timeoutSeconds", 15));
        List<Source> sources = new ArrayList<>();
        settings.tree().path("sources").properties().forEach(e -> {
            JsonNode s = e.getValue();
            sources.add(new Source(e.getKey(), s.path("unit").asText(), Items.Kind.of(s.path("kind").asText()), s.path("url").asText(),
                    Duration.ofSeconds(s.path("everySeconds").asLong(300)), s.path("limit").asInt(200), s.path("pages").asInt(50),
                    new Wire(s.path("key").asText(), s.path("secret").asText(""), timeout, PAGE_BYTES, clock)));
        });
        return List.copyOf(sources);
    }

    /** @param cursor as the source gave it; empty for the beginning */
    URI page(String cursor) {
        return URI.create(url + (url.contains("?") ? "&" : "?") + "since=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8) + "&limit=" + limit);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return name;
    }
}
