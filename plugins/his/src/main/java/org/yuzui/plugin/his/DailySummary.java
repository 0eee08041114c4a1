package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Folds a day's visits into {@code his.daily.v1}: one record for every institution of the settings, also one where nothing
 * happened. The same visits give the same records, whenever it runs.
 */
public final class DailySummary {

    private static final String VISITS = "HisVisits";

    private final Map<String, Integer> beds;

    public DailySummary(Settings settings) {
        this.beds = HisSettings.of(settings).bedsByUnit();
    }

    /** Notes the visits of the body, a list of {@code his.visit.v1}; what was noted before is not noted twice. */
    public void gather(Exchange exchange) {
        Map<String, Set<VisitEvent>> visits = visits(exchange);
        for (Object record : exchange.getMessage().getBody(List.class)) {
            VisitEvent event = VisitEvent.of((JsonNode) record);
            visits.computeIfAbsent(event.unit() + "|" + event.visit(), v -> new HashSet<>(4)).add(event);
        }
    }

    /** Makes the records of the day in the header {@link Headers#DAY} of all that was gathered. */
    public void summarise(Exchange exchange) {
        LocalDate day = LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class));
        Map<String, Figures> units = new TreeMap<>();
        beds.forEach((unit, open) -> units.put(unit, new Figures()));
        visits(exchange).forEach((visit, events) -> {
            String unit = events.iterator().next().unit();
            units.computeIfAbsent(unit, u -> new Figures()).count(Stay.of(events), day);
        });
        List<ObjectNode> records = new ArrayList<>();
        units.forEach((unit, figures) -> records.add(figures.record(unit, day, beds.getOrDefault(unit, 0))));
        exchange.removeProperty(VISITS);
        exchange.getMessage().setBody(records);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Set<VisitEvent>> visits(Exchange exchange) {
        Map<String, Set<VisitEvent>> visits = exchange.getProperty(VISITS, Map.class);
        if (visits == null) {
            visits = new HashMap<>();
            exchange.setProperty(VISITS, visits);
        }
        return visits;
    }

    /** An institution's day. */
    private static final class Figures {

        private int outpatientVisits;
        private int admissions;
        private int discharges;
        private int inHouse;
        private long dischargedBedDays;

        void count(Stay stay, LocalDate day) {
            outpatientVisits += stay.registeredOn(day) ? 1 : 0;
            admissions += stay.admittedOn(day) ? 1 : 0;
            inHouse += stay.inHouseAtEndOf(day) ? 1 : 0;
            if (stay.dischargedOn(day)) {
                discharges++;
                dischargedBedDays += stay.days();
            }
        }

        ObjectNode record(String unit, LocalDate day, int open) {
            ObjectNode record = JsonNodeFactory.instance.objectNode();
            record.put("unit", unit);
            record.put("day", day.toString());
            record.put("outpatientVisits", outpatientVisits);
            record.put("admissions", admissions);
            record.put("discharges", discharges);
            record.put("bedsOpen", open);
            record.put("bedsOccupied", inHouse);
            record.put("dischargedBedDays", dischargedBedDays);
            if (open > 0) {
                record.put("occupancy", ratio(100L * inHouse, open));
            }
            if (discharges > 0) {
                record.put("meanStay", ratio(dischargedBedDays, discharges));
            }
            return record;
        }

        private static BigDecimal ratio(long numerator, long denominator) {
            return BigDecimal.valueOf(numerator).divide(BigDecimal.valueOf(denominator), 2, RoundingMode.HALF_UP);
        }
    }
}
