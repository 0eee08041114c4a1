package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExecutorServiceManager;
import org.yuzui.plugin.energy.Round.Outcome;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

import java.net.ConnectException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** Asks the meters and set-points of the settings; what they say becomes readings, and silence becomes gaps. */
public final class Meters {

    private static final String SILENT = "EnergySilent";
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
            ObjectNode record = about(meter.unit(), at).put("meter", meter.id()).put("kind", meter.kind().code());
            if (outcome.reply() == null) {
                gaps.add(missed(record, at, outcome));
                silent.add(meter.id() + " (" + outcome.reason() + ")");
            } else {
                record.put("at", text(at)).put("value", outcome.reply().value().multiply(meter.ratio()))
                        .put("measure", meter.kind().measure()).put("serial", outcome.reply().serial())
                        .put("protocol", meter.probe().protocol());
                readings.add(record);
            }
        }
        exchange.setProperty(SILENT, silent);
        exchange.getMessage().setHeader(Headers.SOURCE, "meters");
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
                records.add(about(point.unit(), at).put("point", point.probe().id()).put("at", text(at))
                        .put("setPoint", outcome.reply().value()).put("limit", settings.setPoint).put("season", settings.season));
            }
        }
        exchange.setProperty(SILENT, silent);
        exchange.getMessage().setHeader(Headers.SOURCE, "set-points");
        exchange.getMessage().setBody(records);
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
