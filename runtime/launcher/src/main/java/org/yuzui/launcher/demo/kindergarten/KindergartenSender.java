package org.yuzui.launcher.demo.kindergarten;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Plays kindergartens' platforms for a week up to a day. */
public final class KindergartenSender {

    private static final int ITEMS = 200;

    private final String url;
    private final Map<String, String> secrets;
    private final Clock clock;

    /**
     * @param url     {@code http://127.0.0.1:8093}
     * @param secrets by key id
     */
    public KindergartenSender(String url, Map<String, String> secrets, Clock clock) {
        this.url = url;
        this.secrets = Map.copyOf(secrets);
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param expected what the report must show when nothing else was sent for the week, by the form's indicators
     * @param refused  calls that were not answered 200, and what with
     */
    public record Report(int kindergartens, int calls, int items, Map<String, Long> expected, Map<String, Integer> refused) {
    }

    /** @throws IOException when nobody answers */
    public Report send(List<Kindergarten> kindergartens, LocalDate last, long seed) throws IOException {
        Map<String, Long> expected = new LinkedHashMap<>();
        Map<String, Integer> refused = new LinkedHashMap<>();
        int calls = 0;
        int items = 0;
        for (Kindergarten kindergarten : kindergartens) {
            Week week = new Week(kindergarten, last, seed);
            SignedCalls line = new SignedCalls(url, kindergarten.key(), secrets.get(kindergarten.key()), clock);
            for (Map.Entry<String, ArrayNode> kind : week.items().entrySet()) {
                for (int from = 0; from < kind.getValue().size(); from += ITEMS) {
                    ArrayNode part = JsonNodeFactory.instance.arrayNode();
                    for (int i = from; i < Math.min(from + ITEMS, kind.getValue().size()); i++) {
                        part.add(kind.getValue().get(i));
                    }
                    byte[] body = part.toString().getBytes(StandardCharsets.UTF_8);
                    SignedCalls.Answer answer = line.post("/v1/" + kind.getKey(), request(kind.getKey(), last, from, body), body);
                    calls++;
                    items += part.size();
                    if (answer.status() != 200) {
                        refused.merge(answer.status() + " " + answer.body(), 1, Integer::sum);
                    }
                }
            }
            week.expected().forEach((indicator, n) -> expected.merge(indicator, n, Long::sum));
        }
        return new Report(kindergartens.size(), calls, items, expected, refused);
    }

    /** The same content gets the same key when it is sent again. */
    private static String request(String kind, LocalDate last, int from, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return kind + "-" + last + "-" + from + "-" + Long.toHexString(crc.getValue());
    }
}
