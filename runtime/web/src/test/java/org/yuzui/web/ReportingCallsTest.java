package org.yuzui.web;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.access.Permission;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Disputes, unit files and large forms over HTTP; what they mean is the room's matter. */
class ReportingCallsTest {

    private static final String ANSWER = "/api/v1/submissions/hospital-daily/2026-11-22/510104-H01";
    @AutoClose
    private final FakeHub hub = new FakeHub();

    @BeforeEach
    void aCountyClerk() {
        hub.tokens.add("county");
        hub.permissions.put("county", EnumSet.allOf(Permission.class));
        hub.units.put("county", "510104");
    }

    @Test
    void aDisputeIsMadeAndAnsweredAsDocumented() throws IOException {
        HttpResponse<String> made = post(FakeHub.TOKEN, "/api/v1/reports/hospital-daily/2026-11-22/disputes",
                "{\"unit\": \"510104\", \"indicator\": \"admissions\", \"value\": \"31.5\", \"reason\": \"不符\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(OpenApiContractTest.violations("POST /api/v1/reports/{form}/{period}/disputes", made)).isEmpty();
        HttpResponse<String> answered = post(FakeHub.TOKEN, "/api/v1/disputes/3/answer", "{\"decision\": \"UPHELD\", \"reason\": \"属实\"}");
        assertThat(OpenApiContractTest.violations("POST /api/v1/disputes/{id}/answer", answered)).isEmpty();
        assertThat(FakeHub.json(answered).path("state").asText()).isEqualTo("UPHELD");
        HttpResponse<String> moved = post(FakeHub.TOKEN, "/api/v1/forms/hospital-daily/periods/2026-11-22/move", "{\"reason\": \"新指标\"}");
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(OpenApiContractTest.violations("POST /api/v1/forms/{form}/periods/{period}/move", moved)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "/api/v1/reports/hospital-daily/2026-11-22/disputes|{\"unit\": \"510104\", \"indicator\": \"a\", \"value\": \"x\", \"reason\": \"r\"}|bad-number",
            "/api/v1/reports/hospital-daily/2026-11-22/disputes|{\"unit\": \"510104\", \"indicator\": \"a\", \"value\": 1e999999999, \"reason\": \"r\"}|bad-number",
            "/api/v1/disputes/3/answer|{\"decision\": \"MAYBE\", \"reason\": \"r\"}|bad-decision",
            "/api/v1/disputes/x/withdraw|{}|bad-number",
            "/api/v1/forms/hospital-daily/periods/2026-11-22/move|{\"version\": \"two\", \"reason\": \"r\"}|bad-version"})
    void whatCannotBeReadIsRefused(String path, String body, String code) {
        HttpResponse<String> response = post(FakeHub.TOKEN, path, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(FakeHub.json(response).path("code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "/api/v1/submissions/hospital-daily/2026-11-22/510104-H01|{\"values\": {}}|200",
            "/api/v1/submissions/hospital-daily/2026-11-22/510100|{\"values\": {}}|403",
            "/api/v1/submissions/hospital-daily/2026-11-22/510104-H01/accept|{\"version\": 2, \"reviewer\": \"510104\"}|200",
            "/api/v1/submissions/hospital-daily/2026-11-22/510104-H01/accept|{\"version\": 2, \"reviewer\": \"510100\"}|403",
            "/api/v1/submissions/hospital-daily/2026-11-22/510104-H01/return|{\"version\": 2, \"reviewer\": \"510100\", \"reasons\": [{\"text\": \"x\"}], \"workdays\": 2}|403",
            "/api/v1/forms/hospital-daily/periods/2026-11-22/locks|{\"unit\": \"510104\", \"reason\": \"r\"}|200",
            "/api/v1/forms/hospital-daily/periods/2026-11-22/locks|{\"unit\": \"510100\", \"reason\": \"r\"}|403",
            "/api/v1/forms/hospital-daily/periods/2026-11-22/exceptions|{\"unit\": \"510104-H01\", \"kind\": \"EXCUSED\", \"reason\": \"r\"}|200",
            "/api/v1/forms/hospital-daily/periods/2026-11-22/exceptions|{\"unit\": \"510104\", \"kind\": \"EXCUSED\", \"reason\": \"r\"}|403",
            "/api/v1/forms/hospital-daily/periods/2026-11-22/move|{\"reason\": \"r\"}|403",
            "/api/v1/reports/hospital-daily/2026-11-22/disputes|{\"unit\": \"510104\", \"indicator\": \"admissions\", \"reason\": \"r\"}|201",
            "/api/v1/reports/hospital-daily/2026-11-22/disputes|{\"unit\": \"510100\", \"indicator\": \"admissions\", \"reason\": \"r\"}|403",
            "/api/v1/disputes/3/answer|{\"decision\": \"REJECTED\", \"reason\": \"r\"}|403",
            "/api/v1/disputes/3/withdraw|{}|200"})
    void whoActsForAUnitActsForItAndThoseBelow(String path, String body, int status) {
        HttpResponse<String> response = post("county", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        if (status == 403) {
            assertThat(FakeHub.json(response).path("code").asText()).isEqualTo("not-your-unit");
        }
    }

    @Test
    void aFileIsForTheUnitThatStandsInIt() {
        assertThat(file("county", "/api/v1/submission-files", "x").statusCode()).isEqualTo(200);
        hub.units.put("county", "510105");
        assertThat(file("county", "/api/v1/submission-files", "x").statusCode()).isEqualTo(403);
    }

    @Test
    void aUnitFileIsTakenOrRefusedWithEveryLine() throws IOException {
        HttpResponse<String> checked = file(FakeHub.TOKEN, "/api/v1/unit-files?check=true&file=institutions.csv", "code");
        assertThat(checked.statusCode()).isEqualTo(200);
        assertThat(OpenApiContractTest.violations("POST /api/v1/unit-files", checked)).isEmpty();
        assertThat(FakeHub.json(checked).path("taken").asBoolean()).isFalse();
        assertThat(hub.audit.entries).noneMatch(e -> e.act().equals("unit-import"));
        assertThat(FakeHub.json(file(FakeHub.TOKEN, "/api/v1/unit-files?file=institutions.csv", "code")).path("taken").asBoolean()).isTrue();
        assertThat(hub.audit.entries).anyMatch(e -> e.act().equals("unit-import") && e.object().equals("institutions.csv"));

        HttpResponse<String> refused = file(FakeHub.TOKEN, "/api/v1/unit-files", "bad");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(OpenApiContractTest.violations("POST /api/v1/unit-files", refused)).isEmpty();
        assertThat(FakeHub.json(refused).at("/problems/0").toString()).isEqualTo("{\"file\":\"units.csv\",\"line\":12,\"column\":\"level\","
                + "\"code\":\"unknown-level\",\"message\":\"'town' is no level.\",\"cure\":\"Use county.\"}");
        assertThat(FakeHub.json(refused).at("/problems/1/line").isNull()).isTrue();
    }

    @Test
    void aFormOfManyIndicatorsWithReasonsFitsAndMoreIsSaidToBeTooLarge() {
        String reasons = IntStream.range(0, 200).mapToObj(i -> "{\"cell\": \"i" + i + "\", \"text\": \"" + "与电费单不符，请核对后重报。".repeat(20) + "\"}")
                .collect(Collectors.joining(","));
        assertThat(post(FakeHub.TOKEN, ANSWER + "/return", "{\"version\": 2, \"reviewer\": \"510104\", \"workdays\": 2, \"reasons\": ["
                + reasons + "]}").statusCode()).isEqualTo(200);
        HttpResponse<String> tooLarge = post(FakeHub.TOKEN, ANSWER, "{\"note\": \"" + "x".repeat(1 << 20) + "\"}");
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(FakeHub.json(tooLarge).path("cure").asText()).contains("1 MB");
    }

    @Test
    void aReportIsWrittenAsEveryKindOfFile() {
        assertThat(hub.get("/api/v1/reports/hospital-daily/2026-11-22/export?as=pdf").headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"hospital-daily-2026-11-22.pdf\"");
        assertThat(hub.get("/api/v1/reports/hospital-daily/2026-11-22/export?as=csv&language=en").body()).isEqualTo("CSV true");
        assertThat(hub.get("/api/v1/reports/hospital-daily/2026-11-22/export?as=csv&language=fr").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> post(String token, String path, String body) {
        return hub.send(hub.request(path).header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> file(String token, String path, String body) {
        return hub.send(hub.request(path).header("Authorization", "Bearer " + token).header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
