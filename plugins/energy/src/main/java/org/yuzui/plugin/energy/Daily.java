package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.plugin.energy.MeterDay.Flag;
import org.yuzui.plugin.energy.MeterDay.Reading;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes a unit's day of its readings, and its answer to the form; step by step, as the route asks. */
public final class Daily {

    private static final String DAY = "EnergyDay";
    private static final EnergySettings.Institution NOTHING_KNOWN = new EnergySettings.Institution(BigDecimal.ZERO, BigDecimal.ZERO);

    private final EnergySettings settings;
    private final Factors factors;
    private final Map<String, EnergySettings.Meter> meters = new LinkedHashMap<>();

    public Daily(Settings settings) {
        this.settings = new EnergySettings(settings);
        this.factors = Factors.read(this.settings.factorsFile);
        this.settings.meters.forEach(m -> meters.put(m.id(), m));
    }

    /** A unit's day while it is made; every step's exchange has the same one. */
    private static final class Work {
        private final String unit;
        private final LocalDate day;
        private final OffsetDateTime begin;
        private final OffsetDateTime end;
        private final Map<String, MeterDay> meters = new LinkedHashMap<>();
        private final Map<String, Kind> kinds = new HashMap<>();
        private final Map<Kind, ObjectNode> records = new EnumMap<>(Kind.class);
        private BigDecimal charged = BigDecimal.ZERO;
        private BigDecimal behindMeter = BigDecimal.ZERO;

        private Work(String unit, LocalDate day, OffsetDateTime begin, OffsetDateTime end) {
            this.unit = unit;
            this.day = day;
            this.begin = begin;
            this.end = end;
        }
    }

    /** The body becomes the list of the units that the settings know: each one's day is made by itself. */
    public void units(Exchange exchange) {
        Set<String> units = new TreeSet<>(settings.institutions.keySet());
        settings.meters.forEach(m -> units.add(m.unit()));
        units.addAll(settings.charging);
        exchange.getMessage().setBody(List.copyOf(units));
    }

    /** Begins the day of the occurrence for the unit in the body, and says in headers which readings are needed. */
    public void begin(Exchange exchange) {
        String unit = exchange.getMessage().getBody(String.class);
        LocalDate day = LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class));
        Work work = new Work(unit, day, midnight(day), midnight(day.plusDays(1)));
        settings.meters.stream().filter(m -> m.unit().equals(unit)).forEach(m -> open(work, m.id(), m.kind()));
        exchange.setProperty(DAY, work);
        exchange.getMessage().setHeader("EnergyUnit", unit);
        exchange.getMessage().setHeader("EnergyDay", day.toString());
        exchange.getMessage().setHeader("EnergyFrom", Meters.text(work.begin));
        exchange.getMessage().setHeader("EnergyTo", Meters.text(work.end));
        exchange.getMessage().setHeader("EnergySameWeekday", day.minusWeeks(1).toString());
    }

    /** Takes the day's readings; the body becomes the list of the meters of which it isn't known what they showed at its begin. */
    public void take(Exchange exchange) {
        Work work = work(exchange);
        add(work, exchange);
        exchange.getMessage().setBody(work.meters.entrySet().stream().filter(e -> !e.getValue().hasBegin()).map(Map.Entry::getKey).toList());
    }

    /** Asks for what a meter showed before. */
    public void ask(Exchange exchange) {
        exchange.getMessage().setHeader("EnergyMeter", exchange.getMessage().getBody(String.class));
        exchange.getMessage().setHeader("EnergyBack", Meters.text(work(exchange).begin.minusDays(settings.lookBackDays)));
    }

    /** Takes the last of what a meter showed before. */
    public void before(Exchange exchange) {
        JsonNode last = null;
        for (Object item : exchange.getMessage().getBody(List.class)) {
            JsonNode reading = (JsonNode) item;
            if (last == null || time(reading).isAfter(time(last))) {
                last = reading;
            }
        }
        if (last != null) {
            add(work(exchange), last);
        }
    }

    /** Takes the charging orders that ended on the day, the body. */
    public void charged(Exchange exchange) {
        Work work = work(exchange);
        for (Object item : exchange.getMessage().getBody(List.class)) {
            JsonNode order = (JsonNode) item;
            BigDecimal kWh = order.path("kWh").decimalValue();
            work.charged = work.charged.add(kWh);
            work.behindMeter = work.behindMeter.add(order.path("behindMeter").asBoolean() ? kWh : BigDecimal.ZERO);
        }
    }

    /** The body becomes the list of the charging's own record, or an empty one when the unit has no piles. */
    public void charging(Exchange exchange) {
        Work work = work(exchange);
        if (!settings.charging.contains(work.unit) && work.charged.signum() == 0) {
            exchange.getMessage().setBody(List.of());
            return;
        }
        Factors.Version version = factors.on(work.day);
        ObjectNode record = record(work, Kind.CHARGING, version).put("consumption", work.charged).put("behindMeter", work.behindMeter)
                .put("night", BigDecimal.ZERO).put("meters", 0).put("incomplete", 0);
        record.putArray("anomalies");
        // What the building's meter has counted is electricity's already.
        BigDecimal apart = work.charged.subtract(work.behindMeter);
        version.kgce(Kind.ELECTRICITY.code(), apart).ifPresent(v -> record.put("kgce", v));
        version.kgCO2(Kind.ELECTRICITY.code(), apart).ifPresent(v -> record.put("kgCO2", v));
        work.records.put(Kind.CHARGING, record);
        exchange.getMessage().setBody(List.of(record));
    }

    /** Counts; the body becomes the list of what was wrong. */
    public void count(Exchange exchange) {
        Work work = work(exchange);
        MeterDay.Night night = new MeterDay.Night(settings.nightFrom, settings.nightTo, settings.zone);
        Factors.Version version = factors.on(work.day);
        List<ObjectNode> gaps = new ArrayList<>();
        work.meters.forEach((meter, meterDay) -> {
            Kind kind = work.kinds.get(meter);
            meterDay.count(night).flags().forEach(flag -> gaps.add(gap(work, meter, kind, flag)));
            ObjectNode record = work.records.computeIfAbsent(kind, k -> record(work, k, version));
            add(record, "consumption", meterDay.consumption());
            add(record, "night", meterDay.night());
            record.put("meters", record.path("meters").asInt() + 1);
            record.put("incomplete", record.path("incomplete").asInt() + (meterDay.complete() ? 0 : 1));
            record.put("complete", record.get("complete").booleanValue() && meterDay.complete());
        });
        work.records.forEach((kind, record) -> {
            BigDecimal consumption = record.get("consumption").decimalValue();
            version.kgce(kind.code(), consumption).ifPresent(v -> record.put("kgce", v));
            version.kgCO2(kind.code(), consumption).ifPresent(v -> record.put("kgCO2", v));
        });
        exchange.getMessage().setBody(gaps);
    }

    /** Compares with the records of the same weekday in the body; the body becomes the list of the day's records. */
    public void compare(Exchange exchange) {
        Work work = work(exchange);
        for (Object item : exchange.getMessage().getBody(List.class)) {
            JsonNode earlier = (JsonNode) item;
            ObjectNode record = work.records.get(Kind.of(earlier.path("kind").asText()));
            if (record != null && earlier.path("complete").asBoolean()) { // with gaps it says little
                record.put("sameWeekday", earlier.path("consumption").decimalValue());
            }
        }
        exchange.getMessage().setBody(List.copyOf(work.records.values()));
    }

    /** Notes what the rule found, which stands in the body. */
    public void note(Exchange exchange) {
        ObjectNode record = exchange.getMessage().getBody(ObjectNode.class);
        if (!record.path("anomalies").isArray()) {
            record.putArray("anomalies");
        }
        work(exchange).records.put(Kind.of(record.path("kind").asText()), record);
    }

    /** The body becomes the unit's answer to the form; a unit without meters answers too. */
    public void answer(Exchange exchange) {
        Work work = work(exchange);
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("unit", work.unit).put("day", work.day.toString());
        for (Kind kind : Kind.values()) {
            answer.put(kind.code(), work.records.containsKey(kind) ? work.records.get(kind).get("consumption").decimalValue() : BigDecimal.ZERO);
        }
        for (String sum : List.of("kgce", "kgCO2", "meters", "incomplete")) {
            answer.put(sum, work.records.values().stream().filter(r -> r.has(sum)).map(r -> r.get(sum).decimalValue())
                    .reduce(BigDecimal.ZERO, BigDecimal::add));
        }
        answer.put("anomalies", work.records.values().stream().mapToInt(r -> r.path("anomalies").size()).sum());
        EnergySettings.Institution institution = settings.institutions.getOrDefault(work.unit, NOTHING_KNOWN);
        exchange.getMessage().setBody(answer.put("people", institution.people()).put("area", institution.area()));
    }

    private void add(Work work, Exchange exchange) {
        for (Object item : exchange.getMessage().getBody(List.class)) {
            add(work, (JsonNode) item);
        }
    }

    private void add(Work work, JsonNode reading) {
        open(work, reading.path("meter").asText(), Kind.of(reading.path("kind").asText()))
                .add(new Reading(time(reading), reading.path("value").decimalValue(), reading.path("serial").asText()));
    }

    private MeterDay open(Work work, String meter, Kind kind) {
        work.kinds.putIfAbsent(meter, kind);
        return work.meters.computeIfAbsent(meter, m -> new MeterDay(work.begin, work.end,
                meters.containsKey(m) ? meters.get(m).capacity() : null));
    }

    private ObjectNode record(Work work, Kind kind, Factors.Version version) {
        ObjectNode record = JsonNodeFactory.instance.objectNode().put("unit", work.unit).put("day", work.day.toString())
                .put("kind", kind.code()).put("measure", kind.measure()).put("complete", true).put("factors", version.name());
        EnergySettings.Institution institution = settings.institutions.get(work.unit);
        return institution == null ? record : record.put("people", institution.people()).put("area", institution.area());
    }

    private static void add(ObjectNode record, String field, BigDecimal more) {
        record.put(field, record.has(field) ? record.get(field).decimalValue().add(more) : more);
    }

    private static ObjectNode gap(Work work, String meter, Kind kind, Flag flag) {
        ObjectNode gap = JsonNodeFactory.instance.objectNode().put("unit", work.unit).put("meter", meter).put("kind", kind.code())
                .put("day", work.day.toString()).put("flag", flag.flag()).put("from", Meters.text(flag.from())).put("to", Meters.text(flag.to()))
                .put("slots", flag.slots());
        if (flag.before() != null) {
            gap.put("before", flag.before());
        }
        if (flag.after() != null) {
            gap.put("after", flag.after());
        }
        return gap;
    }

    private static OffsetDateTime time(JsonNode reading) {
        return OffsetDateTime.parse(reading.path("at").asText());
    }

    private OffsetDateTime midnight(LocalDate day) {
        return day.atStartOfDay(settings.zone).toOffsetDateTime();
    }

    private static Work work(Exchange exchange) {
        return exchange.getProperty(DAY, Work.class);
    }
}
