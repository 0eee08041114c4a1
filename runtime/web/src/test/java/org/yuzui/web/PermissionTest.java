package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuzui.access.Permission;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What a caller may do is asked once, at the door, for every call that there is. */
class PermissionTest {

    @AutoClose
    private static FakeHub hub = new FakeHub();

    /** Every documented call, which is every registered one: its method, its path, its permission (null for none). */
    static List<Object[]> calls() throws IOException {
        try (InputStream in = WebServer.class.getResourceAsStream("openapi.yaml")) {
            List<Object[]> calls = new ArrayList<>();
            for (var path : YamlDocument.parse(in.readAllBytes(), "openapi.yaml").root().path("paths").properties()) {
                for (var method : path.getValue().properties()) {
                    String named = method.getValue().path("x-permission").asText(null);
                    boolean open = method.getValue().path("security").isArray();
                    if (!open && !path.getKey().equals("/api/v1/events")) { // a stream; EventsTest opens it
                        calls.add(new Object[]{method.getKey().toUpperCase(), path.getKey().replaceAll("\\{[^}]*}", "7"), named});
                    }
                }
            }
            return calls;
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCallIsForThoseWhoHaveThePermissionThatIsDocumented(String method, String path, String permission) {
        Set<Permission> others = EnumSet.allOf(Permission.class);
        if (permission != null) {
            others.remove(Permission.valueOf(permission));
        }
        HttpResponse<String> without = call(method, path, others);
        HttpResponse<String> with = call(method, path, permission == null ? Set.of() : Set.of(Permission.valueOf(permission)));

        if (permission != null) {
            assertThat(without.statusCode()).isEqualTo(403);
            JsonNode problem = FakeHub.json(without);
            assertThat(problem.path("code").asText()).isEqualTo("not-permitted");
            assertThat(problem.path("detail").asText()).contains("somebody").contains(permission);
        }
        assertThat(with.statusCode()).isNotIn(401, 403);
    }

    @Test
    void theEventStreamIsForReaders() {
        assertThat(call("GET", "/api/v1/events", Set.of(Permission.ADMIN)).statusCode()).isEqualTo(403);
    }

    @Test
    void aSessionMayDoWhatItsTokenMay() {
        hub.tokens.add("reader");
        hub.permissions.put("reader", Set.of(Permission.READ));
        HttpResponse<String> begun = hub.send(hub.request("/api/v1/session").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"reader\"}")));
        JsonNode session = FakeHub.json(begun);
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];

        HttpResponse<String> read = hub.send(hub.request("/api/v1/plugins").header("Cookie", cookie));
        HttpResponse<String> stop = hub.send(hub.request("/api/v1/plugins/his/stop").header("Cookie", cookie)
                .header("X-Yuzui-Csrf", session.path("csrf").asText()).POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(session.path("permissions")).hasToString("[\"READ\"]");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(stop.statusCode()).isEqualTo(403);
        assertThat(FakeHub.json(stop).path("detail").asText()).isEqualTo("reader has not the permission OPERATE.");
    }

    @Test
    void whatIsTakenAwayIsGoneAtOnce() {
        hub.permissions.put("somebody", Set.of(Permission.READ));
        hub.tokens.add("somebody");
        HttpRequest.Builder call = hub.request("/api/v1/plugins").header("Authorization", "Bearer somebody");
        assertThat(hub.send(call).statusCode()).isEqualTo(200);

        hub.permissions.put("somebody", Set.of());

        assertThat(hub.send(call).statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> call(String method, String path, Set<Permission> permissions) {
        hub.tokens.add("somebody");
        hub.permissions.put("somebody", permissions);
        return hub.send(hub.request(path).header("Authorization", "Bearer somebody")
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }
}
