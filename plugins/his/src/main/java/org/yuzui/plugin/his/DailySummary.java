package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

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
    private static final String MERGES = "HisMerges";

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

    /** Notes which numbers were merged: the body, a list of {@code his.merge.v1}. */
    public void merged(Exchange exchange) {
        exchange.setProperty(MERGES, Merges.of(exchange.getMessage().getBody(List.class)));
    }

    /** The keys of surviving visits of which nothing was gathered, though something was of one that was merged into them. */
    public void surviving(Exchange exchange) {
        Map<String, Set<VisitEvent>> visits = visits(exchange);
        Merges merges = exchange.getProperty(MERGES, Merges.class);
        exchange.getMessage().setBody(visits.values().stream().map(events -> events.iterator().next())
                .map(e -> new String[] {e.unit(), merges.surviving(e.unit(), e.visit())})
                .filter(k -> !visits.containsKey(k[0] + "|" + k[1])).map(k -> escaped(k[0]) + "|" + escaped(k[1]))
                .distinct().sorted().toList());
    }

    /** As the hub writes the parts of a key. */
    private static String escaped(String part) {
        return part.replace("\\", "\\\\").replace("|", "\\|");
    }

    /** Makes the records of the day in the header {@link Headers#DAY} of all that was gathered. */
    public void summarise(Exchange exchange) {
        LocalDate day = LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class));
        Map<String, Figures> units = new TreeMap<>();
        beds.forEach((unit, open) -> units.put(unit, new Figures()));
        Merges merges = exchange.getProperty(MERGES, Merges.NONE, Merges.class);
        Map<String, Set<VisitEvent>> visits = visits(exchange);
        Map<String, Set<VisitEvent>> retired = new HashMap<>();
        visits.forEach((key, events) -> {
            VisitEvent first = events.iterator().next();
            String surviving = first.unit() + "|" + merges.surviving(first.unit(), first.visit());
            if (!surviving.equals(key)) {
                retired.computeIfAbsent(surviving, k -> new HashSet<>(4)).addAll(events);
            }
        });
        visits.forEach((key, events) -> {
            VisitEvent first = events.iterator().next();
            if (key.equals(first.unit() + "|" + merges.surviving(first.unit(), first.visit()))) {
                units.computeIfAbsent(first.unit(), u -> new Figures()).count(Stay.of(retired.getOrDefault(key, Set.of()), events), day);
                retired.remove(key);
            }
        });
        // Of these the surviving number was never heard of but in the merge.
        retired.values().forEach(events -> units.computeIfAbsent(events.iterator().next().unit(), u -> new Figures())
                .count(Stay.of(events), day));
        List<ObjectNode> records = new ArrayList<>();
        units.forEach((unit, figures) -> records.add(figures.record(unit, day, beds.getOrDefault(unit, 0))));
        exchange.removeProperty(VISITS);
        exchange.removeProperty(MERGES);
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
            BedStatistics beds = new BedStatistics(open, inHouse, discharges, dischargedBedDays, 1);
            beds.occupancy(2).ifPresent(v -> record.put("occupancy", v));
            beds.meanStay(2).ifPresent(v -> record.put("meanStay", v));
            return record;
        }
    }
}
