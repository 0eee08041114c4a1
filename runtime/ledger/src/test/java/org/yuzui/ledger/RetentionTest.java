package org.yuzui.ledger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.ledger.Rig.LONG;

/** What has been kept as long as it was to be is forgotten, and nothing else. */
class RetentionTest extends OnARig {

    private static final Instant AT = Instant.parse("2026-03-10T08:00:00Z");

    /** Hops go by the day, flows by the day, the week or the month that they lie in, whole. */
    @ParameterizedTest
    @CsvSource({
            "1,   2026-03-11T23:59:59Z, 2026-03-12T00:00:00Z, 2026-03-12T00:00:00Z",
            "14,  2026-03-24T23:59:59Z, 2026-03-25T00:00:00Z, 2026-03-25T00:00:00Z",
            "30,  2026-04-09T23:59:59Z, 2026-04-10T00:00:00Z, 2026-04-15T00:00:00Z",
            "183, 2026-09-09T23:59:59Z, 2026-09-10T00:00:00Z, 2026-10-01T00:00:00Z"})
    void nothing_goes_before_its_time(int keep, Instant tooEarly, Instant hopsGo, Instant flowsGo) {
        UUID flow = UUID.randomUUID();
        byte[] message = "MSH|".getBytes(StandardCharsets.UTF_8);
        commit(Hop.of(flow, HopKind.REFUSED, AT).cause("bad", "bad").payload(message).keep(keep).build());

        ledger.forget(tooEarly);
        assertThat(ledger.hops(flow)).hasSize(1);
        assertThat(ledger.flow(flow)).isPresent();

        ledger.forget(hopsGo);
        assertThat(ledger.hops(flow)).isEmpty();

        ledger.forget(flowsGo);
        assertThat(ledger.flow(flow)).isEmpty();
        assertThat(ledger.payload(flow)).isEmpty();
        assertThat(ledger.find(new FlowQuery(FlowFilter.ALL, null, 10)).flows()).isEmpty();
        assertThat(ledger.forget(flowsGo)).as("nothing more to forget").isZero();
    }

    @Test
    void each_is_kept_as_long_as_its_own_contract_says() {
        UUID visitor = UUID.randomUUID();
        UUID voucher = UUID.randomUUID();
        commit(Hop.of(visitor, HopKind.RECEIVED, AT).record("kindergarten.visit.v1", "v", null).keep(30).build(),
                Hop.of(voucher, HopKind.RECEIVED, AT).record("finance.voucher.v1", "f", null).keep(3650).build());

        ledger.forget(AT.plusSeconds(86_400L * 300));

        assertThat(ledger.find(new FlowQuery(FlowFilter.ALL, null, 10)).flows()).extracting(Flow::id).containsExactly(voucher);
        assertThat(ledger.hops(voucher)).hasSize(1);
    }

    @Test
    void what_comes_after_its_day_was_forgotten_finds_room_again() {
        commit(Hop.of(UUID.randomUUID(), HopKind.RECEIVED, AT).keep(1).build());
        ledger.forget(AT.plusSeconds(86_400L * 10));
        UUID late = UUID.randomUUID();

        commit(Hop.of(late, HopKind.RECEIVED, AT).keep(1).build());

        assertThat(ledger.hops(late)).hasSize(1);
    }

    @Test
    void a_flow_goes_on_where_it_was_placed() {
        UUID flow = UUID.randomUUID();
        Instant end = Instant.parse("2026-05-02T08:00:00Z");
        commit(Hop.of(flow, HopKind.RECEIVED, AT).build());
        commit(Hop.of(flow, HopKind.DUPLICATE, end).build());
        commit(Hop.of(flow, HopKind.DELIVERED, end).subscription("a").keep(30).build()); // its contract changed its mind

        List<Flow> all = ledger.find(new FlowQuery(FlowFilter.ALL, null, 10)).flows();
        assertThat(all).singleElement().satisfies(f -> {
            assertThat(f.hops()).isEqualTo(3);
            assertThat(f.arrivals()).isEqualTo(2);
            assertThat(f.firstAt()).isEqualTo(AT);
            assertThat(f.status()).isEqualTo(FlowStatus.DELIVERED);
        });
        assertThat(ledger.hops(flow)).extracting(Hop::keep).containsExactly(183, 183, 30);
    }

    @Test
    void somebody_who_reads_for_long_keeps_nobody_else_waiting() throws SQLException {
        UUID old = UUID.randomUUID();
        commit(Hop.of(old, HopKind.RECEIVED, AT).keep(1).build());
        Instant later = AT.plusSeconds(86_400L * 10);
        try (Connection reading = rig.store.connection(); Statement read = reading.createStatement()) {
            read.executeQuery("SELECT count(*) FROM ledger.flow");

            ledger.forget(later);

            assertThat(ledger.flow(old)).as("it is read still").isPresent();
            UUID meanwhile = UUID.randomUUID();
            commit(Hop.of(meanwhile, HopKind.RECEIVED, later).build());
            assertThat(ledger.flow(meanwhile)).isPresent();
            reading.rollback();
        }

        assertThat(ledger.forget(later)).as("the next run does it").isPositive();
        assertThat(ledger.flow(old)).isEmpty();
    }

    private void commit(Hop... hops) {
        rig.commit(ledger, hops);
        assertThat(ledger.awaitDrained(LONG)).isTrue();
    }
}
