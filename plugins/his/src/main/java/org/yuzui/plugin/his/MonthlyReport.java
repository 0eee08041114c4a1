package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes {@code his.monthly.v1}, which is also the answer to {@code hospital-monthly}, of the days of a month: one for every
 * institution that has a day in it. A day that is missing is missing in the sums too; {@code days} tells how many there were.
 */
public final class MonthlyReport {

    private static final String DAYS = "HisMonth";
    private static final String MONTH = "HisMonthOf";
    private static final String[] SUMS = {"outpatientVisits", "admissions", "discharges", "dischargedBedDays"};
    private static final int EXACT = 6;

    /** The body becomes the days of the month that the run is about. */
    public void days(Exchange exchange) {
        YearMonth month = YearMonth.from(LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class)));
        exchange.setProperty(MONTH, month);
        exchange.setProperty(DAYS, new TreeMap<String, List<JsonNode>>());
        List<String> days = new ArrayList<>();
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            days.add(month.atDay(day).toString());
        }
        exchange.getMessage().setBody(days);
    }

    /** Notes one day's records: the body, a list of {@code his.daily.v1}. */
    public void gather(Exchange exchange) {
        @SuppressWarnings("unchecked")
        Map<String, List<JsonNode>> units = exchange.getProperty(DAYS, Map.class);
        for (Object day : exchange.getMessage().getBody(List.class)) {
            units.computeIfAbsent(((JsonNode) day).path("unit").asText(), u -> new ArrayList<>()).add((JsonNode) day);
        }
    }

    /** The records of the month. */
    public void summarise(Exchange exchange) {
        YearMonth month = exchange.getProperty(MONTH, YearMonth.class);
        @SuppressWarnings("unchecked")
        Map<String, List<JsonNode>> units = exchange.getProperty(DAYS, Map.class);
        List<ObjectNode> records = new ArrayList<>();
        units.forEach((unit, days) -> records.add(record(unit, month, days)));
        exchange.removeProperty(DAYS);
        exchange.getMessage().setBody(records);
    }

    private static ObjectNode record(String unit, YearMonth month, List<JsonNode> days) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit);
        record.put("period", month.toString());
        record.put("lastDay", month.atEndOfMonth().toString());
        record.put("days", days.size());
        for (String field : SUMS) {
            record.put(field, sum(days, field));
        }
        record.put("bedDaysOpen", sum(days, "bedsOpen"));
        record.put("bedDaysOccupied", sum(days, "bedsOccupied"));
        BedStatistics beds = new BedStatistics(sum(days, "bedsOpen"), sum(days, "bedsOccupied"), sum(days, "discharges"),
                sum(days, "dischargedBedDays"), days.size());
        record.put("averageOpenBeds", beds.averageOpenBeds(EXACT).orElseThrow());
        beds.occupancy(2).ifPresent(v -> record.put("occupancy", v));
        beds.workingDays(2).ifPresent(v -> record.put("workingDays", v));
        beds.turnover(2).ifPresent(v -> record.put("turnover", v));
        beds.meanStay(2).ifPresent(v -> record.put("meanStay", v));
        return record;
    }

    private static long sum(List<JsonNode> days, String field) {
        return days.stream().mapToLong(d -> d.path(field).asLong()).sum();
    }
}
