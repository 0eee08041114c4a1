package org.yuzui.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.contracts.ContractViolationException;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Message;
import org.yuzui.records.Publication.Outcome;
import org.yuzui.spi.RefusedException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.records.Patience.await;

/** What becomes a record, and once only, however often and from however many sources it arrives. */
class RecordIdentityTest extends PipelineTest {

    @Test
    void theSameContentIsOneRecordHoweverOftenItArrives() {
        Publication first = hub.publish(meter, 1, 10);
        Publication again = hub.publish(meter, 1, 10);
        assertThat(first.outcome()).isEqualTo(Outcome.NEW);
        assertThat(again.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(again.record().id()).isEqualTo(first.record().id());
        assertThat(values(hub.records.store().versions(Pipeline.CONTRACT, first.record().key()))).containsExactly(10);
        await().untilAsserted(() -> assertThat(hub.ledger.hops(first.record().id()).stream().map(Hop::kind))
                .containsExactlyInAnyOrder(HopKind.RECEIVED, HopKind.DUPLICATE, HopKind.STORED));
    }

    @Test
    void aListIsPublishedAsItsItemsAreAndARefusedOneKeepsNoneBack() {
        List<Draft> drafts = List.of(draft("510104", 1), draft("510104", 2), draft("510104", 1));
        assertThat(hub.records.publishAll(drafts)).extracting(Publication::outcome)
                .containsExactly(Outcome.NEW, Outcome.NEW, Outcome.DUPLICATE);
        assertThat(hub.records.publishAll(List.of())).isEmpty();
        assertThatThrownBy(() -> hub.records.publishAll(List.of(draft("990000", 3), draft("510104", 4), draft("510104", 2))))
                .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo("unknown-unit"));
        String key = hub.publish(meter, 4, 4).record().key();
        assertThat(values(hub.records.store().versions(Pipeline.CONTRACT, key))).containsExactly(1, 2, 4);
    }

    private Draft draft(String unit, int value) {
        return new Draft(Pipeline.CONTRACT, Pipeline.reading(unit, meter, value, value), Pipeline.METER);
    }

    /** 18 digits and two decimals: a double would make 123456789012345680 of it. */
    @ParameterizedTest
    @ValueSource(strings = {"123456789012345678.91", "0.1000000000000000055", "99999999999999999999.99", "0.0000001", "100.10", "5"})
    void aDecimalKeepsItsDigitsOnItsWholeWay(BigDecimal money) {
        Publication published = hub.publish(meter, 1, money);
        List<JsonNode> delivered = new CopyOnWriteArrayList<>();
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription("money-" + meter), (records, batch) ->
                records.forEach(r -> delivered.add(r.body())));
        Publication later = hub.publish(meter, 2, money.setScale(30)); // the same number, and with its minute another record
        await().untilAsserted(() -> assertThat(delivered).isNotEmpty());
        reading.close();

        List<StoredRecord> stored = hub.records.store().versions(Pipeline.CONTRACT, published.record().key());
        assertThat(stored).hasSize(2).allSatisfy(r -> assertThat(r.body().get("value").decimalValue()).isEqualByComparingTo(money));
        assertThat(delivered).allSatisfy(body -> assertThat(body.get("value").decimalValue()).isEqualByComparingTo(money));
        assertThat(hub.records.publish(new Draft(Pipeline.CONTRACT, delivered.get(0), Pipeline.METER)))
                .as("what was read is the record that it was").satisfies(p -> {
                    assertThat(p.outcome()).isEqualTo(Outcome.DUPLICATE);
                    assertThat(p.record().id()).isEqualTo(later.record().id());
                });
    }

    @Test
    void aDuplicateIsKnownAfterARestart() {
        Publication first = hub.publish(meter, 1, 10);
        hub.stop();
        hub.start();
        assertThat(hub.publish(meter, 1, 10).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(hub.records.store().versions(Pipeline.CONTRACT, first.record().key())).hasSize(1);
    }

    @Test
    void whatIsRefusedIsKeptWithTheReasonAndTheMessage() {
        byte[] arrived = "raw bytes".getBytes(StandardCharsets.UTF_8);
        Origin origin = new Origin("meters", "1.0.0", "r", "mbus 9", "reading", "X1", null, null, Message.of(arrived));
        ObjectNode broken = (ObjectNode) Pipeline.reading("510104", meter, 1, 10);
        broken.remove("value");
        assertThatThrownBy(() -> hub.records.publish(new Draft(Pipeline.CONTRACT, broken, origin)))
                .isInstanceOf(ContractViolationException.class).hasMessageContaining("value");
        await().untilAsserted(() -> assertThat(hub.ledger.arrived()).anySatisfy(hop -> {
            assertThat(hop.kind()).isEqualTo(HopKind.REFUSED);
            assertThat(hop.sourceId()).isEqualTo("X1");
            assertThat(hop.causeCode()).isEqualTo("contract-violation");
            assertThat(hop.payload().bytes()).isEqualTo(arrived);
        }));
        assertThat(origin).as("as the log names it").hasToString("meters/r mbus 9 reading X1");
        assertThat(Pipeline.METER).hasToString("meters/read-meter mbus 7 reading");
    }

    @Test
    void aRuleOfTheContractRefusesAndIsNamed() {
        ObjectNode reading = (ObjectNode) Pipeline.reading("510104", meter, 1, -1);
        reading.put("reader", "王五");
        assertThatThrownBy(() -> hub.records.publish(new Draft(Pipeline.CONTRACT, reading, Pipeline.METER)))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.code()).isEqualTo("rule-violated");
                    assertThat(e.place()).isEqualTo("value-not-negative");
                    assertThat(e.getMessage()).isEqualTo("test.meter.v1: value-not-negative – 读数为负 / negative; "
                            + "reader-is-known – 没有这个抄表员");
                });
        await().untilAsserted(() -> assertThat(hub.ledger.arrived()).anySatisfy(hop -> {
            assertThat(hop.kind()).isEqualTo(HopKind.REFUSED);
            assertThat(hop.causeCode()).isEqualTo("rule-violated");
            assertThat(hop.cause()).contains("读数为负");
        }));
    }

    @Test
    void aRuleThatOnlyWarnsIsToldWithTheArrival() {
        Publication publication = hub.publish(meter, 1, 2_000_000);
        assertThat(publication.outcome()).isEqualTo(Outcome.NEW);
        await().untilAsserted(() -> assertThat(hub.ledger.hops(publication.record().id())).anySatisfy(
                hop -> assertThat(hop.cause()).isEqualTo("value-is-usual – 读数偏大 / unusually great")));
    }

    @Test
    void anUnknownUnitOrContractIsRefused() {
        assertThatThrownBy(() -> hub.records.publish(
                new Draft(Pipeline.CONTRACT, Pipeline.reading("999999", meter, 1, 1), Pipeline.METER)))
                .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo("unknown-unit"));
        assertThatThrownBy(() -> hub.records.publish(
                new Draft("test.metre.v1", Pipeline.reading("510104", meter, 1, 1), Pipeline.METER)))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.code()).isEqualTo("unknown-contract");
                    assertThat(e.getMessage()).contains("Did you mean 'test.meter.v1'?");
                });
    }

    @Test
    void personalDataIsMaskedBeforeItIsWritten() {
        ObjectNode reading = (ObjectNode) Pipeline.reading("510104", meter, 1, 10);
        reading.put("reader", "测试一号");
        CheckedBody stored = publishAndRead(reading);
        assertThat(stored.reader()).isEqualTo("测***");
    }

    @Test
    void aRecordIsFoundByTheFieldsOfItsArrivalThePersonalOnesToo() {
        ObjectNode reading = (ObjectNode) Pipeline.reading("510104", meter, 1, 10);
        reading.put("reader", "测试一号");
        UUID id = hub.records.publish(new Draft(Pipeline.CONTRACT, reading, Pipeline.METER)).record().id();
        hub.records.publish(new Draft(Pipeline.CONTRACT, reading, Pipeline.METER));

        await().untilAsserted(() -> assertThat(hub.ledger.hops(id)).hasSize(3));
        assertThat(hub.ledger.hops(id)).allSatisfy(hop -> assertThat(hop.fields()).isEqualTo(hop.kind() == HopKind.RECEIVED
                ? Map.of("state", "odd", "reader", "测试一号") : Map.of()));
        assertThat(hub.ledger.hops(id).get(0).toString()).doesNotContain("测试一号");
    }

    private record CheckedBody(String reader) {
    }

    private CheckedBody publishAndRead(ObjectNode reading) {
        String key = hub.records.publish(new Draft(Pipeline.CONTRACT, reading, Pipeline.METER)).record().key();
        return new CheckedBody(hub.records.store().versions(Pipeline.CONTRACT, key).get(0).body().get("reader").asText());
    }

    @Test
    void manySourcesAtOnceLoseNothingAndCountNothingTwice() throws Exception {
        int sources = 16;
        int each = 50;
        List<Thread> threads = new ArrayList<>();
        Map<UUID, Outcome> outcomes = new ConcurrentHashMap<>();
        AtomicInteger news = new AtomicInteger();
        for (int s = 0; s < sources; s++) {
            int source = s / 2; // two threads send the same
            Thread thread = new Thread(() -> IntStream.range(0, each).forEach(i -> {
                Publication p = hub.publish(meter + "-" + source, i, i);
                outcomes.put(p.record().id(), p.outcome());
                if (p.outcome() == Outcome.NEW) {
                    news.incrementAndGet();
                }
            }));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(outcomes).hasSize(sources / 2 * each);
        assertThat(news).hasValue(sources / 2 * each);
        for (int s = 0; s < sources / 2; s++) {
            assertThat(hub.records.store().versions(Pipeline.CONTRACT, "510104|" + meter + "-" + s)).hasSize(each);
        }
    }
}
