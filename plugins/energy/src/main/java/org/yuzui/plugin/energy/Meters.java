package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExecutorServiceManager;
import org.yuzui.plugin.energy.Round.Outcome;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.net.ConnectException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** Asks the meters and set-points of the settings; what they say becomes readings, and silence becomes gaps. */
public final class Meters {

    private static final String SILENT = "EnergySilent";
    private static final String ARRIVALS = "EnergyArrivals";
    private static final String METERS = "meters";
    private static final String SET_POINTS = "set-points";
    private static final int MOST_NAMED = 5;
    private static final int QUARTER = 15;
    private static final int AT_A_TIME = 500;

    private final EnergySettings settings;
    private final Round round;

    public Meters(Settings settings) {
        this.settings = new EnergySettings(settings);
        this.round = new Round(this.settings.manners);
    }

    /** Asks every meter; the body becomes lists of readings, then of gaps of those that gave none, each to be published with one wait. */
    public synchronized void read(Exchange exchange) throws InterruptedException {
        Map<String, Outcome> outcomes = ask(exchange, settings.meters.stream().map(EnergySettings.Meter::probe).toList());
        OffsetDateTime at = due(exchange);
        List<ObjectNode> readings = new ArrayList<>();
        List<ObjectNode> gaps = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (EnergySettings.Meter meter : settings.meters) {
            Outcome outcome = outcomes.get(meter.id());
            if (outcome.reply() == null) {
                gaps.add(record(meter, at, outcome));
                silent.add(meter.id() + " (" + outcome.reason() + ")");
            } else {
                readings.add(record(meter, at, outcome));
            }
        }
        exchange.setProperty(SILENT, silent);
        exchange.setProperty(ARRIVALS, arrivals(outcomes, at));
        exchange.getMessage().setHeader(Headers.SOURCE, METERS);
        List<List<ObjectNode>> lists = parts(readings);
        lists.addAll(parts(gaps));
        exchange.getMessage().setBody(lists);
    }

    /** Asks every set-point; the body becomes the list of what they are set to, for the rule. */
    public synchronized void readSetPoints(Exchange exchange) throws InterruptedException {
        Map<String, Outcome> outcomes = ask(exchange, settings.points.stream().map(EnergySettings.Point::probe).toList());
        OffsetDateTime at = due(exchange);
        List<ObjectNode> records = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (EnergySettings.Point point : settings.points) {
            Outcome outcome = outcomes.get(point.probe().id());
            if (outcome.reply() == null) {
                silent.add(point.probe().id() + " (" + outcome.reason() + ")");
            } else {
                records.add(record(point, at, outcome));
            }
        }
        exchange.setProperty(SILENT, silent);
        exchange.setProperty(ARRIVALS, arrivals(outcomes, at));
        exchange.getMessage().setHeader(Headers.SOURCE, SET_POINTS);
        exchange.getMessage().setBody(records);
    }

    /**
     * What a meter or set-point said goes in again, as it was kept: the body becomes what the methods above make of it, by the settings of now.
     *
     * @throws RefusedException {@code not-json, bad-time, bad-value, unknown-meter}; of a set-point also what its answer is instead of one
     */
    public void again(Exchange exchange) {
        Arrival arrival = Arrival.read(exchange.getMessage().getBody(byte[].class));
        OffsetDateTime at = arrival.at().atZoneSameInstant(settings.zone).toOffsetDateTime();
        exchange.setProperty(ARRIVALS, Map.of(arrival.id(), arrival.bytes()));
        if (SET_POINTS.equals(exchange.getMessage().getHeader(Headers.SOURCE, String.class))) {
            EnergySettings.Point point = settings.points.stream().filter(p -> p.probe().id().equals(arrival.id())).findFirst()
                    .orElseThrow(() -> unknown("setPoints", arrival));
            Outcome outcome = arrival.read(point.probe());
            if (outcome.reply() == null) {
                throw new RefusedException(outcome.code(), null, outcome.reason());
            }
            exchange.getMessage().setBody(List.of(record(point, at, outcome)));
        } else {
            EnergySettings.Meter meter = settings.meters.stream().filter(m -> m.id().equals(arrival.id())).findFirst()
                    .orElseThrow(() -> unknown("meters", arrival));
            exchange.getMessage().setBody(List.of(List.of(record(meter, at, arrival.read(meter.probe())))));
        }
    }

    private static RefusedException unknown(String setting, Arrival arrival) {
        return new RefusedException("unknown-meter", "/id", "'" + arrival.id() + "' stands in the settings no more (" + setting + ").");
    }

    /** Says of the record in the body, or of each of a list, what arrived; nothing of one that nobody answered. */
    public void arrived(Exchange exchange) {
        Map<?, ?> arrivals = exchange.getProperty(ARRIVALS, Map.of(), Map.class);
        List<Object> each = new ArrayList<>();
        for (Object record : exchange.getMessage().getBody() instanceof List<?> list ? list : List.of(exchange.getMessage().getBody())) {
            JsonNode node = (JsonNode) record;
            each.add(arrivals.get(node.path(node.has("meter") ? "meter" : "point").asText()));
        }
        exchange.getMessage().setHeader(Headers.ARRIVED, each);
    }

    private static Map<String, byte[]> arrivals(Map<String, Outcome> outcomes, OffsetDateTime at) {
        Map<String, byte[]> arrivals = new HashMap<>();
        outcomes.forEach((id, outcome) -> {
            if (outcome.came() != null) {
                arrivals.put(id, new Arrival(id, at, outcome.asked(), outcome.came()).bytes());
            }
        });
        return arrivals;
    }

    /** A reading, or the gap where one should be. */
    private ObjectNode record(EnergySettings.Meter meter, OffsetDateTime at, Outcome outcome) {
        ObjectNode record = about(meter.unit(), at).put("meter", meter.id()).put("kind", meter.kind().code());
        return outcome.reply() == null ? missed(record, at, outcome)
                : record.put("at", text(at)).put("value", outcome.reply().value().multiply(meter.ratio()))
                        .put("measure", meter.kind().measure()).put("serial", outcome.reply().serial()).put("protocol", meter.probe().protocol());
    }

    private ObjectNode record(EnergySettings.Point point, OffsetDateTime at, Outcome outcome) {
        return about(point.unit(), at).put("point", point.probe().id()).put("at", text(at)).put("setPoint", outcome.reply().value())
                .put("limit", settings.setPoint).put("season", settings.season);
    }

    /** @throws ConnectException when somebody of the last round did not answer: the hub shows it as a trouble until all do */
    public void complain(Exchange exchange) throws ConnectException {
        List<?> silent = exchange.getProperty(SILENT, List.of(), List.class);
        if (!silent.isEmpty()) {
            StringBuilder named = new StringBuilder();
            silent.stream().limit(MOST_NAMED).forEach(s -> named.append(named.isEmpty() ? "" : ", ").append(s));
            throw new ConnectException(silent.size() + " gave no reading: " + named
                    + (silent.size() > MOST_NAMED ? " and " + (silent.size() - MOST_NAMED) + " more" : ""));
        }
    }

    /** In their order. */
    private static List<List<ObjectNode>> parts(List<ObjectNode> records) {
        List<List<ObjectNode>> parts = new ArrayList<>();
        for (int from = 0; from < records.size(); from += AT_A_TIME) {
            parts.add(records.subList(from, Math.min(from + AT_A_TIME, records.size())));
        }
        return parts;
    }

    /** Whether the body is a list of gaps, and not of readings. */
    public boolean areGaps(Exchange exchange) {
        return ((JsonNode) exchange.getMessage().getBody(List.class).get(0)).has("flag");
    }

    /** Whether the operator has switched to denser collection. */
    public boolean isEmergency() {
        return settings.emergency;
    }

    /** Whether the usual schedule asks the meters at this time too. */
    public boolean isQuarter(Exchange exchange) {
        OffsetDateTime at = due(exchange);
        return at.getMinute() % QUARTER == 0 && at.getSecond() == 0;
    }

    private Map<String, Outcome> ask(Exchange exchange, List<Probe> probes) throws InterruptedException {
        ExecutorServiceManager pools = exchange.getContext().getExecutorServiceManager();
        ExecutorService threads = pools.newFixedThreadPool(this, "meters", settings.manners.concurrency());
        try {
            return round.ask(probes, threads);
        } finally {
            pools.shutdownNow(threads); // it would be kept there, dead, for each round
        }
    }

    private static ObjectNode missed(ObjectNode record, OffsetDateTime at, Outcome outcome) {
        return record.put("flag", "missed").put("from", text(at)).put("to", text(at)).put("slots", 1).put("reason", outcome.code());
    }

    private ObjectNode about(String unit, OffsetDateTime at) {
        return JsonNodeFactory.instance.objectNode().put("unit", unit)
                .put("day", at.atZoneSameInstant(settings.zone).toLocalDate().toString());
    }

    private OffsetDateTime due(Exchange exchange) {
        return OffsetDateTime.parse(exchange.getMessage().getHeader(Headers.DUE, String.class)).truncatedTo(ChronoUnit.SECONDS)
                .atZoneSameInstant(settings.zone).toOffsetDateTime();
    }

    /** Always with seconds, as JSON Schema's date-time wants them. */
    static String text(OffsetDateTime at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at);
    }
}
