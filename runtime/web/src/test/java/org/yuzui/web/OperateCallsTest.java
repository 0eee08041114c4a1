package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.scheduling.Backfill;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators ask of routes, schedules and logs. */
class OperateCallsTest {

    @AutoClose
    private final FakeHub hub = new FakeHub();

    private HttpResponse<String> post(String path, String body) {
        return hub.send(hub.authorized(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    @Test
    void aRouteIsStoppedByWhoeverCallsAndStartedAgain() {
        JsonNode stopped = FakeHub.json(post("/api/v1/routes/his/receive-visit/stop", "{\"reason\":\" The HIS moves \"}"));
        assertThat(stopped.path("stopped").path("who").asText()).isEqualTo("bootstrap");
        assertThat(stopped.path("stopped").path("reason").asText()).isEqualTo("The HIS moves");
        assertThat(FakeHub.json(post("/api/v1/routes/his/receive-visit/start", "{}")).path("stopped").isNull()).isTrue();
        assertThat(post("/api/v1/routes/his/gone/stop", "{}").statusCode()).isEqualTo(404);
        assertThat(post("/api/v1/routes/his/receive-visit/stop", "{\"why\":1}").statusCode()).isEqualTo(400);
        assertThat(post("/api/v1/routes/his/receive-visit/stop", "{\"reason\":\"" + "x".repeat(501) + "\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void aPauseIsToldWithTheSchedules() {
        assertThat(post("/api/v1/schedules/his/daily-summary/pause", "{\"reason\":\"holiday\"}").statusCode()).isEqualTo(200);
        JsonNode paused = FakeHub.json(hub.get("/api/v1/schedules")).path("schedules").path(0).path("paused");
        assertThat(paused.path("who").asText()).isEqualTo("bootstrap");
        assertThat(paused.path("reason").asText()).isEqualTo("holiday");
        post("/api/v1/schedules/his/daily-summary/resume", "");
        assertThat(FakeHub.json(hub.get("/api/v1/schedules")).path("schedules").path(0).path("paused").isNull()).isTrue();
    }

    @Test
    void aBackfillIsOnlyCountedUntilItIsWanted() {
        String body = "{\"from\":\"2026-11-01\",\"to\":\"2026-11-03\",\"failedToo\":true}";
        assertThat(FakeHub.json(post("/api/v1/schedules/his/daily-summary/backfill?dryRun=true", body)).path("due").asInt()).isEqualTo(3);
        assertThat(hub.scheduler.backfilled).isNull();
        post("/api/v1/schedules/his/daily-summary/backfill", body);
        assertThat(hub.scheduler.backfilled).isEqualTo(
                new Backfill.Range(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-03"), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|body /from", "{\"from\":\"2026-11-01\"}|body /to", "{\"from\":\"1st\",\"to\":\"2026-11-01\"}|body /from",
            "{\"from\":\"2026-11-01\",\"to\":\"2026-11-01\",\"failedToo\":\"yes\"}|body /failedToo"})
    void aBackfillThatCantBeReadIsRefused(String body, String place) {
        HttpResponse<String> refused = post("/api/v1/schedules/his/daily-summary/backfill", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(FakeHub.json(refused).path("place").asText()).isEqualTo(place);
    }

    @Test
    void aYearWithoutNoticeSaysSo() {
        assertThat(FakeHub.json(hub.get("/api/v1/calendar/2026")).path("holidays").path(0).path("name").asText()).isEqualTo("元旦");
        assertThat(FakeHub.json(hub.get("/api/v1/calendar/2027")).path("known").asBoolean(true)).isFalse();
    }

    @Test
    void aLogIsPagedBackwards() {
        JsonNode first = FakeHub.json(hub.get("/api/v1/plugins/his/log?limit=100"));
        assertThat(first.path("lines")).hasSize(100);
        assertThat(first.path("next").asLong()).isEqualTo(51);
        JsonNode second = FakeHub.json(hub.get("/api/v1/plugins/his/log?limit=100&before=51&level=warn&q=Line"));
        assertThat(second.path("lines")).hasSize(50);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(hub.log.asked).isEqualTo(new PluginLog.Query("his", PluginLog.Level.WARN, "Line", 51L, null, 101));
    }
}
