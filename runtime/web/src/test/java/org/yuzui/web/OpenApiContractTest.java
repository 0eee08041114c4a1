package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** The document and the server say the same. */
class OpenApiContractTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();
    private static FakeHub hub;

    private static JsonNode document() {
        try (InputStream in = WebServer.class.getResourceAsStream("openapi.yaml")) {
            return YamlDocument.parse(in.readAllBytes(), "openapi.yaml").root();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void start() {
        hub = new FakeHub();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    static List<String> documented() {
        List<String> calls = new ArrayList<>();
        DOCUMENT.path("paths").properties().forEach(path -> path.getValue().fieldNames()
                .forEachRemaining(method -> calls.add(method.toUpperCase() + " " + path.getKey())));
        return calls;
    }

    @Test
    void everyRegisteredEndpointIsDocumentedAndTheOtherWayRound() {
        assertThat(hub.server().endpoints()).containsExactlyInAnyOrderElementsOf(documented());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET /api/v1/hub|/api/v1/hub|200",
            "GET /api/v1/openapi.json|/api/v1/openapi.json|200",
            "GET /api/v1/session|/api/v1/session|200",
            "GET /api/v1/plugins|/api/v1/plugins|200",
            "GET /api/v1/plugins/{id}|/api/v1/plugins/his|200",
            "GET /api/v1/plugins/{id}|/api/v1/plugins/hiss|404",
            "POST /api/v1/plugins|/api/v1/plugins|415",
            "POST /api/v1/plugins|/api/v1/plugins?dryRun=yes|400",
            "DELETE /api/v1/plugins/{id}|/api/v1/plugins/his|200",
            "DELETE /api/v1/plugins/{id}|/api/v1/plugins/his?dryRun=true|200",
            "POST /api/v1/plugins/{id}/rollback|/api/v1/plugins/his/rollback|200",
            "POST /api/v1/plugins/{id}/stop|/api/v1/plugins/his/stop?accept=a&accept=b|200",
            "POST /api/v1/plugins/{id}/start|/api/v1/plugins/his/start|200",
            "GET /api/v1/plugins/{id}/versions|/api/v1/plugins/his/versions|200",
            "GET /api/v1/plugins/{id}/versions|/api/v1/plugins/hiss/versions|404",
            "GET /api/v1/plugins/{id}/history|/api/v1/plugins/his/history|200",
            "GET /api/v1/plugins/{id}/history|/api/v1/plugins/his/history?before=0|400",
            "GET /api/v1/plugins/{id}/history|/api/v1/plugins/hiss/history|404",
            "GET /api/v1/plugins/{id}/history/{number}|/api/v1/plugins/his/history/7|200",
            "GET /api/v1/plugins/{id}/history/{number}|/api/v1/plugins/his/history/8|404",
            "GET /api/v1/plugins/{id}/history/{number}|/api/v1/plugins/his/history/x|400",
            "GET /api/v1/plugins/{id}/settings|/api/v1/plugins/his/settings|200",
            "GET /api/v1/plugins/{id}/settings|/api/v1/plugins/hiss/settings|404",
            "POST /api/v1/plugins/{id}/settings|/api/v1/plugins/his/settings|400",
            "POST /api/v1/plugins/{id}/settings/restore|/api/v1/plugins/his/settings/restore|200",
            "GET /api/v1/contracts|/api/v1/contracts|200",
            "GET /api/v1/routes|/api/v1/routes|200",
            "GET /api/v1/subscriptions|/api/v1/subscriptions|200",
            "GET /api/v1/records|/api/v1/records?contract=his.visit.v1&unit=510100&limit=1|200",
            "GET /api/v1/records|/api/v1/records?limit=0|400",
            "GET /api/v1/records|/api/v1/records?field=dischargedOn:2026-11-22&field=/patient/idNumber:511023198001010011|200",
            "GET /api/v1/records|/api/v1/records?field=ward:7|400",
            "GET /api/v1/records/{id}/children|/api/v1/records/00000000-0000-0000-0000-000000000001/children?limit=1|200",
            "GET /api/v1/records/{id}/children|/api/v1/records/00000000-0000-0000-0000-0000000000ff/children|404",
            "GET /api/v1/record-facets|/api/v1/record-facets?status=DEAD|200",
            "GET /api/v1/causes|/api/v1/causes?unit=510000|200",
            "POST /api/v1/records/{id}/mend|/api/v1/records/00000000-0000-0000-0000-000000000001/mend|400",
            "GET /api/v1/replays|/api/v1/replays|200",
            "POST /api/v1/replays|/api/v1/replays|400",
            "POST /api/v1/replays/dry-run|/api/v1/replays/dry-run|400",
            "POST /api/v1/content-searches|/api/v1/content-searches|400",
            "GET /api/v1/content-searches/{id}|/api/v1/content-searches/9|404",
            "POST /api/v1/content-searches/{id}/start|/api/v1/content-searches/9/start|404",
            "POST /api/v1/content-searches/{id}/stop|/api/v1/content-searches/x/stop|400",
            "GET /api/v1/replays/{id}|/api/v1/replays/9|404",
            "GET /api/v1/replays/{id}/failures|/api/v1/replays/9/failures|404",
            "GET /api/v1/records/{id}/replays|/api/v1/records/00000000-0000-0000-0000-000000000001/replays|200",
            "GET /api/v1/records/{id}/replays|/api/v1/records/x/replays|400",
            "GET /api/v1/views|/api/v1/views|200",
            "POST /api/v1/views|/api/v1/views|400",
            "POST /api/v1/links|/api/v1/links|400",
            "GET /api/v1/links/{id}|/api/v1/links/nothing|404",
            "DELETE /api/v1/views|/api/v1/views|400",
            "DELETE /api/v1/views|/api/v1/views?name=nothing|404",
            "POST /api/v1/replays/{id}/pause|/api/v1/replays/9/pause|404",
            "POST /api/v1/replays/{id}/resume|/api/v1/replays/9/resume|404",
            "POST /api/v1/replays/{id}/stop|/api/v1/replays/9/stop|404",
            "GET /api/v1/records/{id}|/api/v1/records/00000000-0000-0000-0000-000000000001|200",
            "GET /api/v1/records/{id}|/api/v1/records/00000000-0000-0000-0000-000000000003|200",
            "GET /api/v1/records/{id}|/api/v1/records/00000000-0000-0000-0000-0000000000ff|404",
            "GET /api/v1/records/{id}|/api/v1/records/seven|400",
            "GET /api/v1/records/{id}/payload|/api/v1/records/00000000-0000-0000-0000-000000000001/payload|200",
            "GET /api/v1/records/{id}/payload|/api/v1/records/00000000-0000-0000-0000-000000000003/payload|404",
            "GET /api/v1/records/{id}/payloads|/api/v1/records/00000000-0000-0000-0000-000000000001/payloads|200",
            "GET /api/v1/records/{id}/payloads|/api/v1/records/00000000-0000-0000-0000-000000000003/payloads|200",
            "GET /api/v1/records/{id}/payloads|/api/v1/records/00000000-0000-0000-0000-0000000000ff/payloads|404",
            "GET /api/v1/records/{id}/payloads/{index}|/api/v1/records/00000000-0000-0000-0000-000000000001/payloads/1|200",
            "GET /api/v1/records/{id}/payloads/{index}|/api/v1/records/00000000-0000-0000-0000-000000000003/payloads/0?bytes=2|200",
            "GET /api/v1/records/{id}/payloads/{index}|/api/v1/records/00000000-0000-0000-0000-000000000001/payloads/x|400",
            "GET /api/v1/records/{id}/payloads/{index}|/api/v1/records/00000000-0000-0000-0000-000000000001/payloads/0|404",
            "POST /api/v1/records/{id}/payloads/{index}/unmask|/api/v1/records/00000000-0000-0000-0000-000000000003/payloads/0/unmask|400",
            "GET /api/v1/records/{id}/payloads/{index}/raw|/api/v1/records/00000000-0000-0000-0000-000000000003/payloads/0/raw?reason=for%20the%20test|200",
            "GET /api/v1/records/{id}/payloads/{index}/raw|/api/v1/records/00000000-0000-0000-0000-000000000003/payloads/0/raw?reason=so|400",
            "GET /api/v1/schedules|/api/v1/schedules|200",
            "GET /api/v1/schedules/{plugin}/{name}/occurrences|/api/v1/schedules/his/daily-summary/occurrences|200",
            "GET /api/v1/schedules/{plugin}/{name}/occurrences|/api/v1/schedules/his/daily/occurrences|404",
            "POST /api/v1/schedules/{plugin}/{name}/run|/api/v1/schedules/his/daily-summary/run|200",
            "GET /api/v1/rules|/api/v1/rules|200",
            "GET /api/v1/rules/{plugin}/{name}|/api/v1/rules/vehicle/use|200",
            "GET /api/v1/rules/{plugin}/{name}|/api/v1/rules/vehicle/used|404",
            "GET /api/v1/rules/{plugin}/{name}/decisions|/api/v1/rules/vehicle/use/decisions?limit=5|200",
            "GET /api/v1/rules/{plugin}/{name}/decisions|/api/v1/rules/vehicle/use/decisions?limit=501|400",
            "POST /api/v1/rules/{plugin}/{name}/evaluate|/api/v1/rules/vehicle/use/evaluate|400",
            "POST /api/v1/schedules/{plugin}/{name}/pause|/api/v1/schedules/his/daily-summary/pause|200",
            "POST /api/v1/schedules/{plugin}/{name}/resume|/api/v1/schedules/his/daily-summary/resume|200",
            "POST /api/v1/schedules/{plugin}/{name}/backfill|/api/v1/schedules/his/daily-summary/backfill|400",
            "GET /api/v1/schedule-days|/api/v1/schedule-days?from=2026-11-01&to=2026-11-30|200",
            "GET /api/v1/schedule-days|/api/v1/schedule-days?from=2026-11-01&to=2027-11-30|400",
            "GET /api/v1/calendar/{year}|/api/v1/calendar/2026|200",
            "GET /api/v1/calendar/{year}|/api/v1/calendar/2027|200",
            "GET /api/v1/calendar/{year}|/api/v1/calendar/26|400",
            "GET /api/v1/map|/api/v1/map|200",
            "GET /api/v1/metrics-history|/api/v1/metrics-history?minutes=5|200",
            "GET /api/v1/metrics-history|/api/v1/metrics-history?minutes=0|400",
            "GET /api/v1/plugins/{id}/log|/api/v1/plugins/his/log?level=warn&q=line&limit=5|200",
            "GET /api/v1/plugins/{id}/log|/api/v1/plugins/his/log?level=loud|400",
            "GET /api/v1/routes/{plugin}/{route}|/api/v1/routes/his/receive-visit|200",
            "GET /api/v1/routes/{plugin}/{route}|/api/v1/routes/his/recieve-visit|404",
            "POST /api/v1/routes/{plugin}/{route}/stop|/api/v1/routes/his/receive-visit/stop|200",
            "POST /api/v1/routes/{plugin}/{route}/start|/api/v1/routes/his/receive-visit/start|200",
            "GET /api/v1/units|/api/v1/units|200",
            "GET /api/v1/forms|/api/v1/forms|200",
            "GET /api/v1/reports/{form}/{period}|/api/v1/reports/hospital-daily/2026-11-22|200",
            "GET /api/v1/reports/{form}/{period}|/api/v1/reports/hospital-daily/2026-11?unit=510104-H01|200",
            "GET /api/v1/reports/{form}/{period}|/api/v1/reports/hospital-daily/yesterday|400",
            "GET /api/v1/reports/{form}/{period}|/api/v1/reports/hospital/2026-11-22|404",
            "GET /api/v1/audit|/api/v1/audit?act=plugin-stop&from=2026-11-01&limit=2|200",
            "GET /api/v1/audit|/api/v1/audit?limit=0|400",
            "GET /api/v1/submissions/{form}/{period}/{unit}|/api/v1/submissions/hospital-daily/2026-11-22/510104-H01|200",
            "GET /api/v1/submissions/{form}/{period}/{unit}|/api/v1/submissions/nothing/2026-11-22/510104-H01|404",
            "POST /api/v1/submissions/{form}/{period}/{unit}|/api/v1/submissions/hospital-daily/2026-11-22/510104-H01|422",
            "PUT /api/v1/submissions/{form}/{period}/{unit}/draft|/api/v1/submissions/hospital-daily/2026-11-22/510104-H01/draft|200",
            "GET /api/v1/submissions/{form}/{period}/{unit}/diff|/api/v1/submissions/hospital-daily/2026-11-22/510104-H01/diff?to=2|200",
            "GET /api/v1/submissions/{form}/{period}/{unit}/template|/api/v1/submissions/hospital-daily/2026-11-22/510104-H01/template?as=csv|200",
            "GET /api/v1/submissions/{form}/{period}/{unit}/template|/api/v1/submissions/hospital-daily/2026-11-22/510104-H01/template?as=pdf|400",
            "POST /api/v1/submissions/{form}/{period}/{unit}/accept|/api/v1/submissions/hospital-daily/2026-11-22/510104-H01/accept|400",
            "POST /api/v1/submissions/{form}/{period}/{unit}/return|/api/v1/submissions/hospital-daily/2026-11-22/510104-H01/return|400",
            "POST /api/v1/submission-files|/api/v1/submission-files|415",
            "GET /api/v1/reviews|/api/v1/reviews?unit=510104|200",
            "GET /api/v1/forms/{form}/periods/{period}|/api/v1/forms/hospital-daily/periods/2026-11-22|200",
            "POST /api/v1/forms/{form}/periods/{period}/locks|/api/v1/forms/hospital-daily/periods/2026-11-22/locks|400",
            "POST /api/v1/forms/{form}/periods/{period}/exceptions|/api/v1/forms/hospital-daily/periods/2026-11-22/exceptions|400",
            "GET /api/v1/forms/{form}/recounts|/api/v1/forms/hospital-daily/recounts|200",
            "GET /api/v1/reports/{form}/{period}/table|/api/v1/reports/hospital-daily/2026-11-22/table|200",
            "GET /api/v1/reports/{form}/{period}/export|/api/v1/reports/hospital-daily/2026-11-22/export|200",
            "POST /api/v1/reports/{form}/{period}/recount|/api/v1/reports/hospital-daily/2026-11-22/recount|200",
            "GET /api/v1/reports/{form}/{period}/export|/api/v1/reports/hospital-daily/2026-11-22/export?as=pdf&language=en|200",
            "GET /api/v1/reports/{form}/{period}/export|/api/v1/reports/hospital-daily/2026-11-22/export?as=xlsx|200",
            "GET /api/v1/reports/{form}/{period}/export|/api/v1/reports/hospital-daily/2026-11-22/export?as=doc|400",
            "GET /api/v1/forms/{form}/overview|/api/v1/forms/hospital-daily/overview?unit=510100&from=2026-11-01&to=2026-11-22&institutions=true|200",
            "GET /api/v1/forms/{form}/overview|/api/v1/forms/hospital-dayly/overview|404",
            "GET /api/v1/forms/{form}/overview|/api/v1/forms/hospital-daily/overview?from=now|400",
            "GET /api/v1/forms/{form}/trend|/api/v1/forms/hospital-daily/trend?indicator=admissions&indicator=occupancy&by=month|200",
            "GET /api/v1/forms/{form}/trend|/api/v1/forms/hospital-daily/trend?by=decade|400",
            "GET /api/v1/forms/{form}/periods/{period}/forecast|/api/v1/forms/hospital-daily/periods/2026-11-22/forecast|200",
            "POST /api/v1/forms/{form}/periods/{period}/move|/api/v1/forms/hospital-daily/periods/2026-11-22/move|400",
            "GET /api/v1/reports/{form}/{period}/comparison|/api/v1/reports/hospital-daily/2026-11-22/comparison?indicator=admissions|200",
            "GET /api/v1/reports/{form}/{period}/comparison|/api/v1/reports/hospital-daily/2026-11-22/comparison|400",
            "GET /api/v1/reports/{form}/{period}/groups|/api/v1/reports/hospital-daily/2026-11-22/groups?by=department|200",
            "POST /api/v1/reports/{form}/{period}/disputes|/api/v1/reports/hospital-daily/2026-11-22/disputes|400",
            "GET /api/v1/disputes|/api/v1/disputes?unit=510100&state=OPEN&state=OVERDUE&period=2026-11-22|200",
            "GET /api/v1/disputes|/api/v1/disputes?state=LOST|400",
            "GET /api/v1/disputes/{id}|/api/v1/disputes/3|200",
            "GET /api/v1/disputes/{id}|/api/v1/disputes/4|404",
            "POST /api/v1/disputes/{id}/answer|/api/v1/disputes/3/answer|400",
            "POST /api/v1/disputes/{id}/withdraw|/api/v1/disputes/3/withdraw|200",
            "GET /api/v1/feedback/{form}/{period}|/api/v1/feedback/hospital-daily/2026-11-22?unit=510104|200",
            "GET /api/v1/feedback/{form}/{period}|/api/v1/feedback/hospital-daily/2026-11-22|400",
            "POST /api/v1/unit-files|/api/v1/unit-files?check=true|415",
            "GET /health|/health|200",
            "GET /ready|/ready|200",
            "GET /metrics|/metrics|200",
            "DELETE /api/v1/session|/api/v1/session|204"})
    void answersAsDocumented(String call, String path, int status) throws IOException {
        String method = call.substring(0, call.indexOf(' '));
        HttpResponse<String> response = hub.send(hub.authorized(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(violations(call, response)).isEmpty();
    }

    @Test
    void notReadyIsDocumentedToo() throws IOException {
        hub.storeFails = new IllegalStateException("down");
        try {
            HttpResponse<String> response = hub.send(hub.request("/ready"));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(violations("GET /ready", response)).isEmpty();
        } finally {
            hub.storeFails = null;
        }
    }

    @Test
    void everyCallIsTriedAbove() throws Exception {
        Set<String> tried = new TreeSet<>(Set.of("GET /api/v1/events", "POST /api/v1/session")); // EventsTest, SessionTest
        for (String line : OpenApiContractTest.class.getDeclaredMethod("answersAsDocumented", String.class, String.class,
                int.class).getAnnotation(CsvSource.class).value()) {
            tried.add(line.substring(0, line.indexOf('|')));
        }
        assertThat(tried).containsExactlyInAnyOrderElementsOf(documented());
    }

    @ParameterizedTest
    @MethodSource("documented")
    void nothingIsAnsweredWithoutToken(String call) throws IOException {
        String method = call.substring(0, call.indexOf(' '));
        String path = call.substring(call.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "x");
        JsonNode operation = operation(call);
        HttpResponse<String> response = hub.send(hub.request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        if (operation.path("security").isArray() && operation.path("security").isEmpty()) {
            assertThat(response.statusCode()).isNotEqualTo(401);
        } else {
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"yuzui\"");
            assertThat(violations(call, response)).isEmpty();
        }
    }

    private static JsonNode operation(String call) {
        String path = call.substring(call.indexOf(' ') + 1);
        return DOCUMENT.path("paths").path(path).path(call.substring(0, call.indexOf(' ')).toLowerCase());
    }

    /** How the response breaks what is documented for its status; empty when it doesn't. */
    static List<String> violations(String call, HttpResponse<String> response) throws IOException {
        JsonNode responses = operation(call).path("responses");
        JsonNode documented = responses.path(Integer.toString(response.statusCode()));
        if (documented.isMissingNode()) {
            return List.of("status " + response.statusCode() + " is not documented");
        }
        if (documented.has("$ref")) {
            documented = DOCUMENT.at(documented.path("$ref").asText().substring(1));
        }
        JsonNode content = documented.path("content");
        if (content.isMissingNode()) {
            return response.body().isEmpty() ? List.of() : List.of("a body that is not documented");
        }
        String type = response.headers().firstValue("Content-Type").orElse("").split(";")[0];
        JsonNode schema = content.path(type).path("schema");
        if (schema.isMissingNode()) {
            return List.of("content type " + type + " is not documented");
        }
        return type.endsWith("json") ? invalid(schema, MAPPER.readTree(response.body())) : List.of();
    }

    private static List<String> invalid(JsonNode schema, JsonNode body) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", DOCUMENT.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole)
                .validate(body, c -> c.getExecutionConfig().setFormatAssertionsEnabled(true)).stream()
                .map(ValidationMessage::getMessage).toList();
    }
}
