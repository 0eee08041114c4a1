package org.yuzui.web;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuzui.access.AuditEntry;
import org.yuzui.access.Permission;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever changes something leaves an entry: who, what, why, and how it ended. */
class AuditCallsTest {

    @AutoClose
    private final FakeHub hub = new FakeHub();

    @BeforeEach
    void nothingYet() {
        hub.audit.entries.clear();
    }

    @Test
    void aChangeOfAPluginIsRemembered() {
        assertThat(post("/api/v1/plugins/his/stop", "").statusCode()).isEqualTo(200);

        AuditEntry entry = only();
        assertThat(entry.who()).isEqualTo("bootstrap");
        assertThat(entry.act()).isEqualTo("plugin-stop");
        assertThat(entry.object()).isEqualTo("his");
        assertThat(entry.details()).containsEntry("from", "127.0.0.1").containsEntry("by", "token").doesNotContainKey("refused");
    }

    @Test
    void anActThatWasOnlyAskedAboutIsNone() {
        post("/api/v1/plugins/his/stop?dryRun=true", "");
        post("/api/v1/replays?status=DEAD&dryRun=true", "{}");

        assertThat(hub.audit.entries).isEmpty();
    }

    @Test
    void aReplayIsRememberedWithItsReason() {
        post("/api/v1/replays?status=DEAD", "{\"action\":\"DISMISS\",\"reason\":\"测试数据\"}");

        AuditEntry entry = only();
        assertThat(entry.act()).isEqualTo("replay-start");
        assertThat(entry.object()).matches("[0-9]+");
        assertThat(entry.reason()).isEqualTo("测试数据");
        assertThat(entry.details()).containsEntry("action", "DISMISS").containsKey("chosen");
    }

    @Test
    void aRunIsRememberedWithItsDay() {
        post("/api/v1/schedules/his/daily-summary/run", "{\"day\":\"2026-11-20\"}");

        assertThat(only().object()).isEqualTo("his/daily-summary");
        assertThat(only().details()).containsEntry("day", "2026-11-20");
    }

    @Test
    void soIsWhatSomebodyTriedWhoMayNot() {
        hub.tokens.add("li");
        hub.permissions.put("li", Set.of(Permission.READ));
        hub.send(hub.request("/api/v1/plugins/his").header("Authorization", "Bearer li").DELETE());

        AuditEntry entry = only();
        assertThat(entry.who()).isEqualTo("li");
        assertThat(entry.act()).isEqualTo("plugin-remove");
        assertThat(entry.details()).containsEntry("refused", "not-permitted");
    }

    @Test
    void aCallThatWasNotUnderstoodIsNoAct() {
        post("/api/v1/replays", "{}");
        post("/api/v1/schedules/his/dayly-summary/run", "");
        post("/api/v1/plugins/his/stop?acept=x", "");

        assertThat(hub.audit.entries).isEmpty();
    }

    @Test
    void readingLeavesNothing() {
        hub.get("/api/v1/plugins");
        hub.get("/api/v1/audit");

        assertThat(hub.audit.entries).isEmpty();
    }

    @Test
    void comingAndGoingAreRemembered() {
        HttpResponse<String> begun = post("/api/v1/session", "{\"token\":\"" + FakeHub.TOKEN + "\"}");
        assertThat(begun.statusCode()).isEqualTo(200);

        assertThat(only().act()).isEqualTo("log-in");
        assertThat(only().who()).isEqualTo("bootstrap");
    }

    @Test
    void anActThatIsDoneIsAnsweredEvenWhenTheAuditIsAway() {
        hub.audit.away = true;

        assertThat(post("/api/v1/plugins/his/stop", "").statusCode()).isEqualTo(200);
    }

    @Test
    void theAuditIsListed() {
        post("/api/v1/plugins/his/stop", "");
        post("/api/v1/plugins/his/start", "");

        HttpResponse<String> found = hub.get("/api/v1/audit?act=plugin-start&from=2026-11-01&limit=5");

        assertThat(FakeHub.json(found).path("entries")).singleElement()
                .satisfies(e -> assertThat(e.path("act").asText()).isEqualTo("plugin-start"));
        assertThat(hub.get("/api/v1/audit?limit=501").statusCode()).isEqualTo(400);
    }

    private AuditEntry only() {
        assertThat(hub.audit.entries).hasSize(1);
        return hub.audit.entries.get(0);
    }

    private HttpResponse<String> post(String path, String body) {
        return hub.send(hub.authorized(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
