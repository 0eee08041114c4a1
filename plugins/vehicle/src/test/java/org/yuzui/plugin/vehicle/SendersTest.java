package org.yuzui.plugin.vehicle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.launcher.demo.jt808.BaseData;
import org.yuzui.launcher.demo.jt808.BaseDataDoor;
import org.yuzui.launcher.demo.jt808.Report808;
import org.yuzui.launcher.demo.jt808.Sender808;
import org.yuzui.launcher.demo.jt808.Vehicle;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.vehicle.Patience.await;

/** The demonstration's sender against a running hub: what it counts as acknowledged is stored. */
class SendersTest {

    private static final LocalDate WORKDAY = LocalDate.of(2026, 3, 4);
    private static final Site SITE = new Site();

    @RegisterExtension
    static final HubExtension HUB = SITE.hub("""
            listen: {port: %d, codeKey: a-key-of-the-test-123}
            platforms: {port: %d}
            http: {port: %d, token: "${generated:vehicle.token}"} # %s
            unknownVehicle: 510105-V01
            vehicles:
              川A00001: {unit: 510104-V01, terminal: "19900000001", colour: 1}
              川C00003: {unit: 510302-V01, terminal: "19900000003", area: zigong}
            areas:
              zigong: {centre: [104.77, 29.34], radiusKm: 60}
            """);

    @Test
    void aDayOfTheSitesVehiclesIsAcknowledgedStoredAndMakesTrips() throws Exception {
        List<Vehicle> vehicles = Vehicle.of(HUB.home());
        Report808 report = Sender808.day("127.0.0.1", SITE.terminals, vehicles, WORKDAY, 1);
        assertThat(report.allAcknowledged()).as("%s", report.toMap()).isTrue();
        assertThat(report.positions()).isPositive();
        assertThat(stored(WORKDAY)).isEqualTo(report.positions());
        Report808 again = Sender808.day("127.0.0.1", SITE.terminals, vehicles, WORKDAY, 1);
        assertThat(again.allAcknowledged()).isTrue();
        assertThat(stored(WORKDAY)).as("sent again it adds nothing").isEqualTo(report.positions());
        await().untilAsserted(() -> assertThat(HUB.hub().records().store().find(RecordQuery.byDay("vehicle.trip.v1", WORKDAY)))
                .isNotEmpty().allMatch(t -> t.body().get("state").asText().equals("ended")));
    }

    @Test
    void driversAndOrdersGoThroughTheDoorThatTheSettingsName() throws Exception {
        BaseData data = new BaseData(Vehicle.of(HUB.home()));
        BaseDataDoor door = BaseDataDoor.of(HUB.home(), "127.0.0.1").orElseThrow();
        assertThat(door.send("drivers", data.drivers())).isEqualTo(new BaseDataDoor.Sent(2, 2));
        assertThat(door.send("dispatches", data.orders(WORKDAY))).isEqualTo(new BaseDataDoor.Sent(2, 2));
        assertThat(door.send("refuels", data.refuellings(WORKDAY, 2))).as("six of February in each county, and that of 4 March")
                .isEqualTo(new BaseDataDoor.Sent(14, 14));
        assertThat(data.orders(LocalDate.of(2026, 3, 7))).as("a Saturday").isEmpty();
        assertThat(HUB.hub().records().store().find(RecordQuery.of("vehicle.driver.v1").ofUnit("510104-V01"))).extracting(r -> r.body().get("person").asText())
                .containsExactly("510104-F01/0007");
    }

    @Test
    void manyTerminalsAreServedAtOnce() throws Exception {
        LocalDateTime begin = LocalDate.of(2026, 3, 5).atTime(8, 0);
        Report808 report = Sender808.load("127.0.0.1", SITE.terminals, 300, 0, 10, Duration.ofSeconds(2), begin);
        assertThat(report.allAcknowledged()).as("%s", report.toMap()).isTrue();
        assertThat(report.authenticated()).isEqualTo(300);
        assertThat(stored(begin.toLocalDate())).isEqualTo(report.positions());
    }

    private static long stored(LocalDate day) {
        return HUB.hub().records().store().find(RecordQuery.byDay("vehicle.position.v1", day)).stream()
                .mapToLong(r -> r.body().get("points").size()).sum();
    }
}
