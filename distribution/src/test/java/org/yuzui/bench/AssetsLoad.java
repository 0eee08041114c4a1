package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Offices in a process of their own: cards of new assets and, in every other call, loans of those of the call before. */
public final class AssetsLoad {

    private static final String UNIT = "510104-F01";

    private AssetsLoad() {
    }

    /** @param args the hub's home, where the demonstration's token lies; the door's port */
    public static void main(String[] args) throws Exception {
        JsonNode secrets = new ObjectMapper().readTree(Path.of(args[0], "data/demo/assets-secrets.json").toFile());
        URI door = URI.create("http://127.0.0.1:" + args[1]);
        String token = secrets.path("token").asText();
        CallLoad.serve(connection -> {
            HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            Deque<String> owned = new ArrayDeque<>();
            return (number, items) -> {
                boolean loans = owned.size() >= items;
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < items; i++) {
                    if (loans) {
                        list.addObject().put("kind", "loan").put("unit", UNIT).put("number", "BJ-" + number).put("asset", owned.poll())
                                .put("borrower", "测试借用人").put("day", "2026-10-08").put("dueOn", "2026-11-08");
                    } else {
                        String asset = "B-" + number + "-" + i;
                        owned.add(asset);
                        list.addObject().put("unit", UNIT).put("asset", asset).put("name", "台式计算机").put("category", "A02010105")
                                .put("quantity", 1).put("unitOfMeasure", "台").put("originalValue", 5800).put("acquiredOn", "2024-05-06")
                                .put("location", "一楼 101 室").put("state", "in-use").put("keeper", "测试保管人").put("day", "2026-09-30");
                    }
                }
                byte[] body = list.toString().getBytes(StandardCharsets.UTF_8);
                HttpResponse<String> answer = http.send(HttpRequest.newBuilder(door.resolve(loans ? "/movements" : "/assets"))
                        .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IOException("answered " + answer.statusCode() + " " + answer.body());
                }
                return body.length;
            };
        });
    }
}
