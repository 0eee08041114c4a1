package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.energy.meter.Dlt645Read;
import org.yuzui.spi.Settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The plugin's settings, read once. */
final class EnergySettings {

    /** Eight digits with two behind the point, as DL/T 645 has them. */
    private static final String DLT645_CAPACITY = "1000000";

    /**
     * A meter.
     *
     * @param ratio    of its transformers: what the register shows is multiplied by it
     * @param capacity where the counter begins again at zero, with the ratio; null when that isn't known
     */
    record Meter(Probe probe, String unit, Kind kind, BigDecimal ratio, BigDecimal capacity) {
        String id() {
            return probe.id();
        }
    }

    /** A thermostat or the like. */
    record Point(Probe probe, String unit) {
    }

    /** What figures per head and area are made of. */
    record Institution(BigDecimal people, BigDecimal area) {
    }

    /**
     * How lines are asked.
     *
     * @param concurrency lines at a time
     * @param retries     further questions to a meter that doesn't answer
     * @param within      for all meters together
     * @param first       for so long a line or meter is left alone after its first failure; each time twice as long
     * @param most        but never longer
     */
    record Manners(int concurrency, Duration connect, Duration answer, int retries, Duration within, Duration first, Duration most) {
    }

    final ZoneId zone;
    final Manners manners;
    final List<Meter> meters = new ArrayList<>();
    final List<Point> points = new ArrayList<>();
    final Map<String, Institution> institutions = new LinkedHashMap<>();
    /** Units that have charging piles. */
    final Set<String> charging = new TreeSet<>();
    final boolean emergency;
    final BigDecimal setPoint;
    final String season;
    final LocalTime nightFrom;
    final LocalTime nightTo;
    final int lookBackDays;
    final String factorsFile;

    EnergySettings(Settings settings) {
        zone = ZoneId.of(settings.text("zone", "Asia/Shanghai"));
        manners = new Manners(settings.number("collect.concurrency", 8), millis(settings, "collect.connectTimeout", 2000),
                millis(settings, "collect.answerTimeout", 2000), settings.number("collect.retries", 1),
                Duration.ofSeconds(settings.number("collect.within", 240)),
                Duration.ofSeconds(settings.number("collect.backOff.first", 30)),
                Duration.ofSeconds(settings.number("collect.backOff.most", 600)));
        emergency = settings.text("emergency.active", "false").equals("true");
        setPoint = new BigDecimal(settings.text("emergency.setPoint", "27"));
        season = settings.text("emergency.season", "cooling");
        nightFrom = LocalTime.parse(settings.text("night.from", "23:00"));
        nightTo = LocalTime.parse(settings.text("night.to", "05:00"));
        lookBackDays = settings.number("lookBackDays", 31);
        factorsFile = settings.text("factorsFile").filter(f -> !f.isBlank()).orElse(null);
        JsonNode tree = settings.tree();
        tree.path("meters").properties().forEach(m -> meters.add(meter(m.getKey(), m.getValue())));
        tree.path("setPoints").properties().forEach(p ->
                points.add(new Point(Probe.of(p.getKey(), p.getValue()), p.getValue().path("unit").asText())));
        tree.at("/charging/piles").forEach(p -> charging.add(p.path("unit").asText()));
        tree.path("units").properties().forEach(u -> institutions.put(u.getKey(), new Institution(
                Probe.decimal(u.getValue().path("people"), "0"), Probe.decimal(u.getValue().path("area"), "0"))));
    }

    private static Meter meter(String id, JsonNode node) {
        Probe probe = Probe.of(id, node);
        BigDecimal ratio = Probe.decimal(node.path("ratio"), "1");
        boolean known = probe.read() instanceof Dlt645Read d && d.dataId().equals(Dlt645Read.FORWARD_ENERGY);
        BigDecimal capacity = node.has("capacity") || known ? Probe.decimal(node.path("capacity"), DLT645_CAPACITY).multiply(ratio) : null;
        return new Meter(probe, node.path("unit").asText(), Kind.of(node.path("kind").asText()), ratio, capacity);
    }

    private static Duration millis(Settings settings, String path, int otherwise) {
        return Duration.ofMillis(settings.number(path, otherwise));
    }
}
