package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.access.AuditEntry;
import org.yuzui.access.Permission;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was kept of a record, and who may see it. */
class PayloadCallsTest {

    private static final String REASON = "the hospital asks for it";
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");

    private final UUID flow = UUID.randomUUID();
    @AutoClose
    private final FakeHub hub = new FakeHub();

    @Test
    void lists_what_there_is_in_the_order_of_the_hops_and_why_there_is_nothing() {
        UUID arrived = keep("MSH|^~\\&|HIS", false);
        UUID given = keep("a,b\n1,2\n", false);
        hub.ledger.keep(flow, bytes("{\"patient\":\"测***\"}"), true);
        flow(hop(HopKind.RECEIVED).message(arrived), hop(HopKind.DUPLICATE), hop(HopKind.RETRIED).subscription("a/b").message(given),
                hop(HopKind.DELIVERED).subscription("a/b").message(given), hop(HopKind.DELIVERED).subscription("c/d"),
                hop(HopKind.FILTERED).subscription("e/f"), hop(HopKind.DELIVERED).subscription("g/h").message(UUID.randomUUID()));

        JsonNode listed = get("").path("payloads");

        assertThat(listed).extracting(p -> p.path("at").asText() + " " + p.path("hop") + " " + p.path("subscription").asText() + " "
                + p.path("format").asText() + " " + p.path("kept") + " " + p.path("why").asText() + " " + p.path("canUnmask")).containsExactly(
                "arrival 0 null hl7 true null true", "published 0 null json true null false", "delivered 2 a/b csv true null true",
                "delivered 3 a/b csv true null true", "delivered 4 c/d null false not-asked-for false",
                "delivered 6 g/h null false forgotten false");
        assertThat(listed.get(0).path("sha256").asText()).hasSize(64);
        assertThat(listed.get(0).path("size").asInt()).isEqualTo(12);
    }

    @Test
    void a_message_of_a_source_is_hidden_until_somebody_says_why() {
        flow(hop(HopKind.RECEIVED).message(keep("MSH|^~\\&|HIS||PID|测试一号", false)));

        JsonNode hidden = get("/0");
        assertThat(hidden.path("content").isNull()).isTrue();
        assertThat(hidden.path("masked").asBoolean()).isTrue();
        assertThat(hub.audit.entries).isEmpty();

        JsonNode seen = FakeHub.json(unmask("/0", REASON));
        assertThat(seen.path("content").asText()).isEqualTo("MSH|^~\\&|HIS||PID|测试一号");
        assertThat(seen.path("masked").asBoolean()).isFalse();
        AuditEntry entry = hub.audit.entries.get(0);
        assertThat(entry.act()).isEqualTo("payload-unmask");
        assertThat(entry.object()).isEqualTo(flow + "/0");
        assertThat(entry.reason()).isEqualTo(REASON);
        assertThat(entry.details()).containsEntry("at", "arrival").containsEntry("contract", "his.visit.v1");
        assertThat(entry.details().values()).noneMatch(v -> v.contains("测试"));
    }

    @Test
    void a_content_that_was_refused_is_shown_as_its_contract_masks_it() {
        hub.ledger.keep(flow, bytes("{\"patient\":\"测试一号\",\"ward\":\"内科\"}"), true);
        flow(hop(HopKind.REFUSED).size(40));

        assertThat(get("").path("payloads").get(0).path("at").asText()).isEqualTo("published");
        JsonNode masked = get("/0");
        assertThat(masked.path("content").asText()).isEqualTo("{\"patient\":\"测***\",\"ward\":\"内科\"}");
        assertThat(masked.path("masked").asBoolean()).isTrue();
        assertThat(masked.path("maskedFields").get(0).asText()).isEqualTo("/patient");
        assertThat(FakeHub.json(unmask("/0", REASON)).path("content").asText()).contains("测试一号");
    }

    @Test
    void a_delivery_under_a_contract_that_masks_is_shown_as_json_only() {
        UUID json = keep("{\"patient\":\"测试一号\"}", false);
        UUID csv = keep("name,ward\n测试一号,内科\n", false);
        flow(hop(HopKind.DELIVERED).subscription("a/b").message(json), hop(HopKind.DELIVERED).subscription("c/d").message(csv));

        assertThat(get("/0").path("content").asText()).isEqualTo("{\"patient\":\"测***\"}");
        assertThat(get("/1").path("content").isNull()).isTrue();
    }

    @Test
    void bytes_that_are_no_utf_8_come_as_they_are() {
        byte[] wrong = "MSH|^~\\&|张三".getBytes(Charset.forName("GB18030"));
        UUID id = UUID.randomUUID();
        hub.ledger.keep(id, wrong, false);
        flow(hop(HopKind.RECEIVED).message(id));

        JsonNode seen = FakeHub.json(unmask("/0", REASON));

        assertThat(seen.path("format").asText()).isEqualTo("hl7");
        assertThat(seen.path("encoding").asText()).isEqualTo("base64");
        assertThat(Base64.getDecoder().decode(seen.path("content").asText())).isEqualTo(wrong);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "::", quoteCharacter = '`', value = {
            "hl7 :: UTF-8 :: MSH|^~\\&|HIS", "hl7 :: GB18030 :: MSH|^~\\&|张三", "xml :: UTF-8 :: <?xml version=\"1.0\"?><a/>",
            "xml :: GB18030 :: <?xml version=\"1.0\" encoding=\"GB18030\"?><a>张</a>", "json :: UTF-8 :: [{\"a\": 1}]",
            "csv :: UTF-8 :: a,b%0A1,2", "csv :: UTF-8 :: 姓名;单位%0A测试;内科", "text :: UTF-8 :: 一句话，没有别的", "bytes :: GB18030 :: 一句话",
            "bytes :: UTF-8 :: ~%00%07x"})
    void what_it_is_is_told_by_how_it_begins(String format, String charset, String text) {
        byte[] bytes = text.replace("%0A", "\n").replace("%00", "\0").replace("%07", "\u0007").getBytes(Charset.forName(charset));
        UUID id = UUID.randomUUID();
        hub.ledger.keep(id, bytes, false);
        flow(hop(HopKind.RECEIVED).message(id));

        assertThat(get("").path("payloads").get(0).path("format").asText()).isEqualTo(format);
    }

    @Test
    void of_a_long_one_the_beginning_is_shown_and_all_of_it_is_given_as_a_download() {
        String text = "零一二三四五六七八九".repeat(1000);
        flow(hop(HopKind.RECEIVED).message(keep(text, false)));

        JsonNode seen = FakeHub.json(unmask("/0/unmask?bytes=100", REASON));
        assertThat(seen.path("truncated").asBoolean()).isTrue();
        assertThat(seen.path("total").asInt()).isEqualTo(30_000);
        assertThat(seen.path("content").asText()).as("no letter is cut through").isEqualTo(text.substring(0, 33));

        HttpResponse<String> raw = hub.get(path("/0/raw?reason=for%20the%20vendor"));
        assertThat(raw.body()).isEqualTo(text);
        assertThat(raw.headers().firstValue("Content-Disposition").orElseThrow()).isEqualTo("attachment; filename=\"" + flow + "-0.txt\"");
        assertThat(hub.audit.entries).extracting(AuditEntry::act).contains("payload-download");
    }

    @Test
    void without_a_reason_or_the_permission_nobody_sees_anything() {
        flow(hop(HopKind.RECEIVED).message(keep("MSH|secret", false)));
        for (String reason : List.of("", "    a    ", "abcd")) {
            HttpResponse<String> refused = unmask("/0", reason);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("no-reason").doesNotContain("secret");
        }
        assertThat(unmask("/0", "五个汉字好").statusCode()).as("characters are counted").isEqualTo(200);
        hub.tokens.add("reader");
        hub.permissions.put("reader", Set.of(Permission.READ, Permission.REVIEW));
        for (HttpRequest.Builder call : List.of(post("/0/unmask", REASON), hub.request(path("/0/raw?reason=because")))) {
            HttpResponse<String> refused = hub.send(call.setHeader("Authorization", "Bearer reader"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("not-permitted").doesNotContain("secret");
        }
        assertThat(hub.send(hub.request(path("/0")).setHeader("Authorization", "Bearer reader")).body()).contains("\"content\":null");
    }

    @Test
    void what_can_t_be_remembered_is_not_shown() {
        flow(hop(HopKind.RECEIVED).message(keep("MSH|secret", false)));
        hub.audit.away = true;

        HttpResponse<String> refused = unmask("/0", REASON);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).doesNotContain("secret");
    }

    @Test
    void a_lost_key_is_said_so() {
        flow(hop(HopKind.RECEIVED).message(keep("MSH|secret", false)));
        hub.ledger.keyLost = true;

        assertThat(get("").path("payloads").get(0).path("why").asText()).isEqualTo("payload-key-unknown");
        assertThat(unmask("/0", REASON).statusCode()).isEqualTo(409);
        assertThat(unmask("/0", REASON).body()).contains("payload-key-unknown");
    }

    @Test
    void one_that_is_damaged_hides_no_other_and_is_never_taken_for_whole() {
        String text = "MSH|" + "零一二三四五六七八九".repeat(20_000);
        hub.ledger.keep(flow, bytes("{\"patient\":\"测***\"}"), true);
        flow(hop(HopKind.RECEIVED).message(keep(text, false)));
        hub.ledger.goodBytes = 3;
        JsonNode listed = get("").path("payloads");
        assertThat(listed.get(0).path("why").asText()).isEqualTo("payload-damaged");
        assertThat(listed.get(1).path("kept").asBoolean()).as("nor does that open now, and the list is there").isFalse();
        hub.ledger.goodBytes = 400_000;

        HttpResponse<String> shown = unmask("/0/unmask?bytes=500000", REASON);
        assertThat(shown.statusCode()).isEqualTo(409);
        assertThat(FakeHub.json(shown).path("code").asText()).isEqualTo("payload-damaged");

        for (String encoding : List.of("identity", "gzip")) {
            assertThatThrownBy(() -> hub.send(hub.authorized(path("/0/raw?reason=for%20the%20vendor")).header("Accept-Encoding", encoding)))
                    .as(encoding).hasRootCauseInstanceOf(IOException.class);
        }
        hub.ledger.goodBytes = Long.MAX_VALUE;
        HttpResponse<String> whole = hub.send(hub.authorized(path("/0/raw?reason=for%20the%20vendor")).header("Accept-Encoding", "gzip"));
        assertThat(whole.body()).isEqualTo(text);
        assertThat(whole.headers().firstValueAsLong("Content-Length")).hasValue(bytes(text).length);
    }

    @Test
    void what_the_store_has_is_shown_as_it_was_captured() {
        String path = "/api/v1/records/" + FakeHub.STORED + "/payloads";
        JsonNode listed = FakeHub.json(hub.get(path)).path("payloads");
        assertThat(listed).extracting(p -> p.path("at").asText() + p.path("kept") + p.path("why").asText())
                .containsExactly("arrivalfalsenot-given", "publishedtruenull");

        JsonNode published = FakeHub.json(hub.get(path + "/1"));
        assertThat(published.path("content").asText()).isEqualTo("{\"patient\":\"王**\"}");
        assertThat(published.path("masked").asBoolean()).isFalse();
        assertThat(published.path("maskedFields").get(0).asText()).isEqualTo("/patient");
    }

    private UUID keep(String text, boolean content) {
        UUID id = UUID.randomUUID();
        hub.ledger.keep(id, bytes(text), content);
        return id;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Hop.Builder hop(HopKind kind) {
        return Hop.of(flow, kind, AT).in("his", "0.1.0", "receive-visit").record("his.visit.v1", "K", null);
    }

    private void flow(Hop.Builder... hops) {
        Hop[] built = new Hop[hops.length];
        for (int i = 0; i < hops.length; i++) {
            built[i] = hops[i].build();
        }
        hub.ledger.add(new Flow(flow, FlowStatus.DELIVERED, "his.visit.v1", "K", null, "his", "receive-visit", "mllp 10.1.2.3", "ADT^A01", "M",
                AT, AT, 1, hops.length, 12, null, null, null), null, built);
    }

    private String path(String rest) {
        return "/api/v1/records/" + flow + "/payloads" + rest;
    }

    private JsonNode get(String rest) {
        return FakeHub.json(hub.get(path(rest)));
    }

    private HttpRequest.Builder post(String rest, String reason) {
        return hub.authorized(path(rest.contains("unmask") ? rest : rest + "/unmask")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"" + reason + "\"}"));
    }

    private HttpResponse<String> unmask(String rest, String reason) {
        return hub.send(post(rest, reason));
    }
}
