package org.yuzui.launcher.demo.jt808;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.launcher.demo.fuel.Refuellings;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The drivers, dispatch orders and refuellings of the demonstration's vehicles, plainly invented: one driver a vehicle, and on a
 * weekday one order from morning to evening. Drivers are on the roster of the county's service centre.
 */
public final class BaseData {

    private static final String PLATFORM = "-V01";
    private static final String SERVICE_CENTRE = "-F01";
    /** The first of the roster who drives. */
    private static final int FIRST_PERSON = 7;
    private static final String[] PURPOSES = {"下乡调研", "送达公文", "接送会议人员", "巡查办公区", "应急保障"};

    private final List<Vehicle> vehicles;

    public BaseData(List<Vehicle> vehicles) {
        this.vehicles = List.copyOf(vehicles);
    }

    /** Bodies of {@code POST /drivers}. */
    public List<ObjectNode> drivers() {
        List<ObjectNode> all = new ArrayList<>();
        each((vehicle, number) -> all.add(JsonNodeFactory.instance.objectNode().put("unit", vehicle.unit())
                .put("driver", driver(number)).put("person", person(vehicle, number)).put("name", "演示驾驶员" + number)
                .put("phone", "1990000%04d".formatted(number)).put("licence", "C1").put("status", "active")
                .put("updatedAt", "2026-01-01T08:00:00+08:00")));
        return all;
    }

    /** Bodies of {@code POST /dispatches}; none on a Saturday or Sunday. */
    public List<ObjectNode> orders(LocalDate day) {
        List<ObjectNode> all = new ArrayList<>();
        if (day.getDayOfWeek().getValue() < 6) {
            each((vehicle, number) -> all.add(JsonNodeFactory.instance.objectNode().put("unit", vehicle.unit())
                    .put("order", "PC-%s-%02d".formatted(day, number)).put("vehicle", vehicle.plate()).put("driver", driver(number))
                    .put("from", day + "T08:00:00+08:00").put("until", day + "T20:00:00+08:00")
                    .put("purpose", PURPOSES[number % PURPOSES.length]).put("passengers", 1 + number % 4).put("status", "approved")
                    .put("updatedAt", day.minusDays(1) + "T16:00:00+08:00")));
        }
        return all;
    }

    /** Bodies of {@code POST /refuels}: those of this many months that are not after the day, as the books know them too. */
    public List<ObjectNode> refuellings(LocalDate until, int months) {
        Map<String, List<Vehicle>> counties = new TreeMap<>();
        vehicles.forEach(v -> counties.computeIfAbsent(v.unit().replace(PLATFORM, ""), c -> new ArrayList<>()).add(v));
        List<ObjectNode> all = new ArrayList<>();
        counties.forEach((county, fleet) -> {
            for (int back = months - 1; back >= 0; back--) {
                Refuellings.of(county, YearMonth.from(until).minusMonths(back)).stream().filter(r -> !r.day().isAfter(until))
                        .forEach(r -> all.add(JsonNodeFactory.instance.objectNode().put("unit", r.platform())
                                .put("plate", fleet.get(r.vehicle() % fleet.size()).plate()).put("litres", r.litres())
                                .put("amount", r.amount()).put("at", r.day() + "T10:00:00+08:00").put("voucher", r.voucher())
                                .put("station", "演示加油站")));
            }
        });
        return all;
    }

    private static String driver(int number) {
        return "D%02d".formatted(number);
    }

    /** HR's number: {@code 510104-F01/0007}. */
    private static String person(Vehicle vehicle, int number) {
        return "%s/%04d".formatted(vehicle.unit().replace(PLATFORM, SERVICE_CENTRE), FIRST_PERSON - 1 + number);
    }

    private interface Numbered {
        void take(Vehicle vehicle, int number);
    }

    /** Each with its number within its unit, from 1. */
    private void each(Numbered visitor) {
        Map<String, Integer> numbers = new TreeMap<>();
        vehicles.forEach(v -> visitor.take(v, numbers.merge(v.unit(), 1, Integer::sum)));
    }
}
