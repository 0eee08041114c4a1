package org.yuzui.plugin.energy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;


import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.energy.Patience.await;

/** A round is published as lists: a reading that is refused takes none of the others with it. */
class RefusedReadingTest {

    private static final String UNITS = """
            code,name,level,parent
            510000,四川省,province,
            510100,成都市,city,510000
            510104,锦江区,county,510100
            510104-G01,锦江区政务中心,institution,510104
            """;
    private static final MeterServer METERS = new MeterServer((question, out) -> out.write(Samples.answer(question)));

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of().plugin(PluginUnderTest.jar()).file("config/org/units.csv", UNITS)
            .settings("energy", """
                    meters:
                      A: {unit: 510104-G01, kind: water, protocol: modbus-tcp, port: %1$d, device: 1, register: 0}
                      B: {unit: 519999-G01, kind: water, protocol: modbus-tcp, port: %1$d, device: 2, register: 0}
                      C: {unit: 510104-G01, kind: water, protocol: modbus-tcp, port: %1$d, device: 3, register: 0}
                    """.formatted(METERS.port()));

    @AfterAll
    static void close() {
        METERS.close();
    }

    @Test
    void theOthersAreTakenAndTheLedgerSaysWhy() {
        HUB.hub().scheduler().run("energy/collect", null);
        await().untilAsserted(() -> assertThat(HUB.hub().records().store().find(RecordQuery.of("energy.reading.v1")).stream()
                .map(r -> r.body().path("meter").asText())).containsExactlyInAnyOrder("A", "C"));
        await().untilAsserted(() -> assertThat(HUB.hub().ledger().find(new FlowQuery(FlowFilter.of(FlowStatus.REFUSED), null, 10)).flows())
                .extracting(Flow::causeCode).containsExactly("unknown-unit"));
    }
}
