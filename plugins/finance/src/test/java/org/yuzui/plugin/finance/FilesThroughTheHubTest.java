package org.yuzui.plugin.finance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Message;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.GivenFile;
import org.yuzui.testkit.HubExtension;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.finance.Patience.await;

/** Files in the inbox of a running hub: what becomes of them, of their records and of the month's report. */
class FilesThroughTheHubTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path INBOX = Path.of("target/inbox-" + ProcessHandle.current().pid()).toAbsolutePath();

    @RegisterExtension
    static final HubExtension HUB = hub();

    private static HubExtension hub() {
        try {
            return HubExtension.of().plugin(PluginUnderTest.jar())
                    .file("config/org/units.csv", Files.readString(Path.of("examples/org/units.csv")))
                    .settings("finance", """
                            inbox: %s
                            interval: 100
                            settle: 1
                            books:
                              jj: {unit: 510104-F01}
                              once: {unit: 510104-F01}
                              zlj: {unit: 510302-F01}
                              nobody: {unit: 999999-F01}
                            agencies: {"510104001": 510104-F01}
                            """.formatted(INBOX));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aLedgerIsDoneWhenItsRecordsAreThereAndTheSameAgainMakesNone() throws Exception {
        give("once_2024-01.xml", Files24589.ledger().getBytes(StandardCharsets.UTF_8));
        gone("once_2024-01.xml");

        assertThat(INBOX.resolve(".done/once_2024-01.xml")).exists();
        await().untilAsserted(() -> assertThat(records("finance.voucher.v1", "once")).hasSize(2));
        await().untilAsserted(() -> assertThat(records("finance.balance.v1", "once")).hasSize(6));
        assertThat(records("finance.voucher.v1", "once").toString()).contains("张").doesNotContain("张某甲");

        give("once_2024-01.xml", Files24589.ledger().replace("UTF-8", "GB18030").getBytes(Charset.forName("GB18030")));
        gone("once_2024-01.xml");
        assertThat(INBOX.resolve(".done/once_2024-01.xml.2")).exists();
        await().untilAsserted(() -> assertThat(HUB.hub().ledger().find(new FlowQuery(FlowFilter.ALL, null, 200)).flows())
                .isNotEmpty());
        assertThat(all("finance.voucher.v1", "once")).hasSize(2);
        assertThat(all("finance.balance.v1", "once")).hasSize(6);
    }

    @Test
    void theMonthsReportAddsUpFromCountyToProvince() throws Exception {
        String next = Files24589.ledger().replace("会计期间号>1<", "会计期间号>5<").replace("202401", "202405");
        give("jj_2024-05.xml", next.getBytes(StandardCharsets.UTF_8));
        give("zlj_2024-05.xml", next.getBytes(StandardCharsets.UTF_8));

        await().untilAsserted(() -> {
            JsonNode total = HUB.get("/reports/finance-monthly/2024-05?unit=510000").path("total");
            assertThat(total.path("received").asInt() + " of " + total.path("expected").asInt()).isEqualTo("2 of 2");
            assertThat(total.at("/values/electricity").asDouble()).isEqualTo(7617.96);
            assertThat(total.path("parts")).extracting(p -> p.at("/values/total").asDouble()).containsExactly(3808.98, 3808.98);
        });
        HUB.hub().scheduler().run("finance/monthly-report", LocalDate.parse("2024-05-31"));
        assertThat(HUB.get("/reports/finance-monthly/2024-05?unit=510302-F01").at("/total/submissions")).hasSize(1)
                .allSatisfy(s -> assertThat(s.path("version").asInt()).isEqualTo(1));
    }

    @Test
    void aFileThatIsNotBalancedLeavesNothingButItsReport() throws Exception {
        String bad = Files24589.ledger().replace("会计期间号>1<", "会计期间号>7<").replace("202401", "202407")
                .replaceFirst("<借方本币金额>3808.98</借方本币金额>(\\s+<贷方本币金额>0.00</贷方本币金额>\\s+<附件数>)", "<借方本币金额>3808.00</借方本币金额>$1");
        give("zlj_bad.xml", bad.getBytes(StandardCharsets.UTF_8));
        gone("zlj_bad.xml");

        assertThat(INBOX.resolve(".refused/zlj_bad.xml")).hasContent(bad);
        assertThat(Files.readString(INBOX.resolve(".refused/zlj_bad.xml.report.txt"))).contains("voucher-unbalanced", "记-1 of 2024-07",
                "3808.00", "line ", "Correct it");
        await().untilAsserted(() -> assertThat(refused()).extracting(Flow::causeCode).contains("voucher-unbalanced"));
        assertThat(records("finance.voucher.v1", "zlj")).noneSatisfy(v -> assertThat(v.path("period").asInt()).isEqualTo(7));
        assertThat(records("finance.balance.v1", "zlj")).noneSatisfy(v -> assertThat(v.path("period").asInt()).isEqualTo(7));
    }

    @Test
    void aRefusedLedgerIsTriedMendedAndLetInByItsOwnDoor() throws Exception {
        String good = Files24589.ledger().replace("会计期间号>1<", "会计期间号>9<").replace("202401", "202409");
        String bad = good.replaceFirst("<借方本币金额>3808.98</借方本币金额>(\\s+<贷方本币金额>0.00</贷方本币金额>\\s+<附件数>)", "<借方本币金额>3808.00</借方本币金额>$1");
        give("zlj_2024-09.xml", bad.getBytes(StandardCharsets.UTF_8));
        gone("zlj_2024-09.xml");
        await().untilAsserted(() -> assertThat(refused()).extracting(Flow::sourceId).contains("zlj_2024-09.xml"));
        UUID flow = refused().stream().filter(f -> "zlj_2024-09.xml".equals(f.sourceId())).findFirst().orElseThrow().id();
        assertThat(HUB.hub().ledger().payload(flow)).hasValueSatisfying(p -> assertThat(new String(p.bytes(), StandardCharsets.UTF_8)).isEqualTo(bad));

        JsonNode still = HUB.post("/replays/dry-run", JSON.writeValueAsString(Map.of("id", flow)));
        assertThat(still.at("/refused/code").asText()).isEqualTo("voucher-unbalanced");
        JsonNode tried = HUB.post("/replays/dry-run", JSON.writeValueAsString(Map.of("id", flow, "text", good)));
        assertThat(tried.path("refused").isNull()).isTrue();
        assertThat(tried.path("wouldPublish")).extracting(w -> w.path("contract").asText()).contains("finance.expense.v1", "finance.balance.v1",
                "finance.voucher.v1");
        assertThat(INBOX.resolve(".done/zlj_2024-09.xml")).as("only tried").doesNotExist();
        assertThat(records("finance.voucher.v1", "zlj")).noneSatisfy(v -> assertThat(v.path("period").asInt()).isEqualTo(9));

        HUB.post("/records/" + flow + "/mend", JSON.writeValueAsString(Map.of("base64", Base64.getEncoder().encodeToString(
                good.replace("UTF-8", "GB18030").getBytes(Charset.forName("GB18030"))), "reason", "finance told us the amount by telephone")));

        await().untilAsserted(() -> assertThat(records("finance.voucher.v1", "zlj")).filteredOn(v -> v.path("period").asInt() == 9).hasSize(2));
        assertThat(INBOX.resolve(".done/zlj_2024-09.xml")).exists();
        assertThat(INBOX.resolve(".refused/zlj_2024-09.xml")).as("the first stays").hasContent(bad);
        assertThat(INBOX.resolve(".again")).isEmptyDirectory();
        await().untilAsserted(() -> assertThat(HUB.hub().ledger().flow(flow).orElseThrow().status()).isEqualTo(FlowStatus.SETTLED));
        await().untilAsserted(() -> assertThat(HUB.hub().ledger().find(new FlowQuery(FlowFilter.madeFrom(flow), null, 50)).flows())
                .extracting(Flow::contract).contains("finance.expense.v1", "finance.balance.v1", "finance.voucher.v1"));
    }

    @Test
    void anAcceptedFileIsKeptOnceAsTheArrivalOfItsRecords() throws Exception {
        byte[] file = Files24589.ledger().replace("会计期间号>1<", "会计期间号>3<").replace("202401", "202403").getBytes(StandardCharsets.UTF_8);
        give("jj_2024-03.xml", file);
        gone("jj_2024-03.xml");

        await().untilAsserted(() -> assertThat(HUB.hub().ledger().find(new FlowQuery(FlowFilter.ALL, null, 500)).flows())
                .filteredOn(f -> "jj_2024-03.xml".equals(f.sourceId())).hasSizeGreaterThan(8));
        List<Hop> received = HUB.hub().ledger().find(new FlowQuery(FlowFilter.ALL, null, 500)).flows().stream()
                .filter(f -> "jj_2024-03.xml".equals(f.sourceId()))
                .map(f -> HUB.hub().ledger().hops(f.id()).stream().filter(h -> h.kind() == HopKind.RECEIVED).findFirst().orElseThrow()).toList();
        assertThat(received.stream().map(Hop::message).distinct()).singleElement().isEqualTo(Message.of(file).id());
    }

    @Test
    void whatTheHubRefusesRefusesTheFile() throws Exception {
        give("nobody_2024-01.xml", Files24589.ledger().getBytes(StandardCharsets.UTF_8));
        gone("nobody_2024-01.xml");

        assertThat(Files.readString(INBOX.resolve(".refused/nobody_2024-01.xml.report.txt"))).contains("unknown-unit");
        assertThat(all("finance.voucher.v1", "nobody")).isEmpty();
    }

    private static void give(String name, byte[] bytes) throws IOException {
        GivenFile.into(INBOX, name, bytes);
    }

    private static void gone(String name) {
        await().untilAsserted(() -> assertThat(INBOX.resolve(name)).doesNotExist());
    }

    private static List<JsonNode> records(String contract, String book) {
        return find(contract, book, RecordQuery.Among.LATEST).toList();
    }

    /** Every version of every key. */
    private static List<JsonNode> all(String contract, String book) {
        return find(contract, book, RecordQuery.Among.ANY).toList();
    }

    private static Stream<JsonNode> find(String contract, String book, RecordQuery.Among among) {
        return HUB.hub().records().store().find(RecordQuery.of(contract)
                .where(List.of(new RecordQuery.Condition("book", RecordQuery.Op.EQ, book)))
                .among(among, RecordQuery.Give.MATCHES)).stream().map(r -> r.body());
    }

    private static List<Flow> refused() {
        return HUB.hub().ledger().find(new FlowQuery(FlowFilter.of(FlowStatus.REFUSED), null, 200)).flows();
    }
}
