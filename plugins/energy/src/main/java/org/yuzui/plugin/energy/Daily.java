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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a day's consumption of readings, and the answers to the form; step by step, as the route asks. */
public final class Daily {

    private static final String DAY = "EnergyDay";

    private final EnergySettings settings;
    private final Factors factors;
    private final Map<String, EnergySettings.Meter> meters = new LinkedHashMap<>();

    public Daily(Settings settings) {
        this.settings = new EnergySettings(settings);
        this.factors = Factors.read(this.settings.factorsFile);
        this.settings.meters.forEach(m -> meters.put(m.id(), m));
    }

    private record Key(String unit, String meter) {
    }

    /** A day while it is made; every step's exchange has the same one. */
    private static final class Work {
        private final LocalDate day;
        private final OffsetDateTime begin;
        private final OffsetDateTime end;
        private final Map<Key, MeterDay> meters = new LinkedHashMap<>();
        private final Map<Key, Kind> kinds = new LinkedHashMap<>();
        private final Map<String, Map<Kind, ObjectNode>> records = new TreeMap<>();

        private Work(LocalDate day, OffsetDateTime begin, OffsetDateTime end) {
            this.day = day;
            this.begin = begin;
            this.end = end;
        }
    }

    /** Begins the day of the occurrence, and says in headers which readings are needed. */
    public void begin(Exchange exchange) {
        LocalDate day = LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class));
        Work work = new Work(day, midnight(day), midnight(day.plusDays(1)));
        for (EnergySettings.Meter meter : settings.meters) {
            open(work, new Key(meter.unit(), meter.id()), meter.kind());
        }
        exchange.setProperty(DAY, work);
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
        Work work = work(exchange);
        Key key = exchange.getMessage().getBody(Key.class);
        exchange.getMessage().setHeader("EnergyUnit", key.unit());
        exchange.getMessage().setHeader("EnergyMeter", key.meter());
        exchange.getMessage().setHeader("EnergyBack", Meters.text(work.begin.minusDays(settings.lookBackDays)));
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

    /** Counts; the body becomes the list of what was wrong. */
    public void count(Exchange exchange) {
        Work work = work(exchange);
        MeterDay.Night night = new MeterDay.Night(settings.nightFrom, settings.nightTo, settings.zone);
        Factors.Version version = factors.on(work.day);
        List<ObjectNode> gaps = new ArrayList<>();
        work.meters.forEach((key, meterDay) -> {
            Kind kind = work.kinds.get(key);
            meterDay.count(night).flags().forEach(flag -> gaps.add(gap(work.day, key, kind, flag)));
            ObjectNode record = work.records.computeIfAbsent(key.unit(), u -> new TreeMap<>())
                    .computeIfAbsent(kind, k -> record(key.unit(), work.day, k, version));
            add(record, "consumption", meterDay.consumption());
            add(record, "night", meterDay.night());
            record.put("meters", record.path("meters").asInt() + 1);
            record.put("incomplete", record.path("incomplete").asInt() + (meterDay.complete() ? 0 : 1));
            record.put("complete", record.get("complete").booleanValue() && meterDay.complete());
        });
        work.records.values().forEach(kinds -> kinds.forEach((kind, record) -> {
            BigDecimal consumption = record.get("consumption").decimalValue();
            version.kgce(kind.code(), consumption).ifPresent(v -> record.put("kgce", v));
            version.kgCO2(kind.code(), consumption).ifPresent(v -> record.put("kgCO2", v));
        }));
        exchange.getMessage().setBody(gaps);
    }

    /** Compares with the records of the same weekday in the body; the body becomes the list of the day's records. */
    public void compare(Exchange exchange) {
        Work work = work(exchange);
        for (Object item : exchange.getMessage().getBody(List.class)) {
            JsonNode earlier = (JsonNode) item;
            ObjectNode record = work.records.getOrDefault(earlier.path("unit").asText(), Map.of()).get(Kind.of(earlier.path("kind").asText()));
            if (record != null) {
                record.put("sameWeekday", earlier.path("consumption").decimalValue());
            }
        }
        exchange.getMessage().setBody(work.records.values().stream().flatMap(k -> k.values().stream()).toList());
    }

    /** Notes what the rule found, which stands in the body. */
    public void note(Exchange exchange) {
        ObjectNode record = exchange.getMessage().getBody(ObjectNode.class);
        if (!record.path("anomalies").isArray()) {
            record.putArray("anomalies");
        }
        work(exchange).records.get(record.path("unit").asText()).put(Kind.of(record.path("kind").asText()), record);
    }

    /** The body becomes the list of the units' answers to the form; a unit without meters answers too. */
    public void answers(Exchange exchange) {
        Work work = work(exchange);
        settings.institutions.keySet().forEach(unit -> work.records.computeIfAbsent(unit, u -> new TreeMap<>()));
        List<ObjectNode> answers = new ArrayList<>();
        work.records.forEach((unit, kinds) -> {
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("unit", unit).put("day", work.day.toString());
            for (Kind kind : Kind.values()) {
                answer.put(kind.code(), kinds.containsKey(kind) ? kinds.get(kind).get("consumption").decimalValue() : BigDecimal.ZERO);
            }
            for (String sum : List.of("kgce", "kgCO2", "meters", "incomplete")) {
                answer.put(sum, kinds.values().stream().filter(r -> r.has(sum)).map(r -> r.get(sum).decimalValue()).reduce(BigDecimal.ZERO, BigDecimal::add));
            }
            answer.put("anomalies", kinds.values().stream().mapToInt(r -> r.path("anomalies").size()).sum());
            EnergySettings.Institution institution = settings.institutions.getOrDefault(unit, new EnergySettings.Institution(BigDecimal.ZERO, BigDecimal.ZERO));
            answer.put("people", institution.people()).put("area", institution.area());
            answers.add(answer);
        });
        exchange.removeProperty(DAY);
        exchange.getMessage().setBody(answers);
    }

    private void add(Work work, Exchange exchange) {
        for (Object item : exchange.getMessage().getBody(List.class)) {
            add(work, (JsonNode) item);
        }
    }

    private void add(Work work, JsonNode reading) {
        Key key = new Key(reading.path("unit").asText(), reading.path("meter").asText());
        open(work, key, Kind.of(reading.path("kind").asText()))
                .add(new Reading(time(reading), reading.path("value").decimalValue(), reading.path("serial").asText()));
    }

    private MeterDay open(Work work, Key key, Kind kind) {
        work.kinds.putIfAbsent(key, kind);
        return work.meters.computeIfAbsent(key, k -> new MeterDay(work.begin, work.end,
                meters.containsKey(k.meter()) ? meters.get(k.meter()).capacity() : null));
    }

    private static ObjectNode record(String unit, LocalDate day, Kind kind, Factors.Version version) {
        return JsonNodeFactory.instance.objectNode().put("unit", unit).put("day", day.toString()).put("kind", kind.code())
                .put("measure", kind.measure()).put("complete", true).put("factors", version.name());
    }

    private static void add(ObjectNode record, String field, BigDecimal more) {
        record.put(field, record.has(field) ? record.get(field).decimalValue().add(more) : more);
    }

    private static ObjectNode gap(LocalDate day, Key key, Kind kind, Flag flag) {
        ObjectNode gap = JsonNodeFactory.instance.objectNode().put("unit", key.unit()).put("meter", key.meter()).put("kind", kind.code())
                .put("day", day.toString()).put("flag", flag.flag()).put("from", Meters.text(flag.from())).put("to", Meters.text(flag.to()))
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
