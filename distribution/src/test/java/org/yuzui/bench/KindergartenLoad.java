package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.launcher.demo.kindergarten.SignedCalls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Kindergartens' platforms in a process of their own: visitors, patrol points and scans in turn, each call signed. */
public final class KindergartenLoad {

    private static final String[] KINDS = {"visits", "patrols", "scans"};
    private static final OffsetDateTime BEGIN = OffsetDateTime.of(2026, 10, 5, 8, 0, 0, 0, ZoneOffset.ofHours(8));

    private KindergartenLoad() {
    }

    /** @param args the hub's home, where the demonstration's secrets lie; the door's port */
    public static void main(String[] args) throws Exception {
        JsonNode secrets = new ObjectMapper().readTree(Path.of(args[0], "data/demo/kindergarten-secrets.json").toFile());
        List<String> keys = new ArrayList<>();
        secrets.fieldNames().forEachRemaining(keys::add);
        CallLoad.serve(connection -> {
            String key = keys.get(connection % keys.size());
            SignedCalls calls = new SignedCalls("http://127.0.0.1:" + args[1], key, secrets.path(key).asText(), Clock.systemUTC());
            return (number, items) -> call(calls, number, items);
        });
    }

    private static int call(SignedCalls calls, long number, int items) throws IOException {
        String kind = KINDS[(int) (number % KINDS.length)];
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < items; i++) {
            list.add(item(kind, number, i));
        }
        byte[] body = list.toString().getBytes(StandardCharsets.UTF_8);
        SignedCalls.Answer answer = calls.post("/v1/" + kind, "bench-" + number, body);
        if (answer.status() != 200) {
            throw new IOException(kind + " are answered " + answer.status() + " " + answer.body());
        }
        return body.length;
    }

    private static ObjectNode item(String kind, long number, int i) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        String at = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(BEGIN.plusSeconds(number % 3_000_000).plusNanos(i * 1_000_000L));
        return switch (kind) {
            case "visits" -> item.put("visit", "B-" + number + "-" + i).put("arrivedAt", at).put("status", "in").put("name", "测试访客" + i)
                    .put("phone", "1380000" + (1000 + i)).put("purpose", "parent").put("people", 1);
            case "patrols" -> item.put("point", "GATE").put("passedAt", at).put("guard", "测试保安");
            default -> item.put("asset", "B-" + number % 1000 + "-" + i).put("location", "大一班").put("scannedAt", at);
        };
    }
}
