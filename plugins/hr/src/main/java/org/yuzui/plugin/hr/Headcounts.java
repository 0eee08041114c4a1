package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.yuzui.plugin.hr.roster.Comparison;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts a unit's people after each roster, and makes its answer to the form {@code headcount}. */
public final class Headcounts {

    private static final List<String> STOCKS = List.of("total", "civil", "participating", "institution", "worker", "contract", "men", "women");
    private static final List<String> FLOWS = List.of("joined", "left", "retired", "moved");
    private static final String ROSTER = "HrCounted";
    private static final String COUNTS = "HrCounts";
    private static final String UNIT = "HrUnit";

    private final HrSettings settings;

    public Headcounts(Settings settings) {
        this.settings = HrSettings.of(settings);
    }

    /** Whether the roster of the body changes what there is to count. */
    public boolean counts(Exchange exchange) {
        JsonNode roster = exchange.getMessage().getBody(JsonNode.class);
        boolean reading = roster.path("baseline").asBoolean() && !roster.path("source").asText().equals("file");
        return roster.path("state").asText().equals(Taking.ACCEPTED) && !reading && !roster.path("id").asText().startsWith("held-");
    }

    /** Notes the roster; the body becomes the parts of its unit. */
    public void begin(Exchange exchange) {
        JsonNode roster = exchange.getMessage().getBody(JsonNode.class);
        Map<String, Integer> counts = new LinkedHashMap<>();
        STOCKS.forEach(s -> counts.put(s, 0));
        FLOWS.forEach(f -> counts.put(f, 0));
        exchange.setProperty(ROSTER, roster);
        exchange.setProperty(COUNTS, counts);
        exchange.getMessage().setBody(Comparison.slices(roster.path("after").asInt()));
    }

    /** The body is a part. */
    public void part(Exchange exchange) {
        Comparison.Part part = exchange.getMessage().getBody(Comparison.Part.class);
        Message message = exchange.getMessage();
        message.setHeader(UNIT, exchange.getProperty(ROSTER, JsonNode.class).path("unit").asText());
        message.setHeader("HrFrom", part.from());
        message.setHeader("HrTo", part.to());
    }

    /** The body is some of the active people. */
    public void add(Exchange exchange) {
        Map<String, Integer> counts = counted(exchange);
        for (JsonNode person : Acceptance.bodies(exchange)) {
            counts.merge("total", 1, Integer::sum);
            counts.merge(person.path("category").asText(), 1, Integer::sum);
            String sex = person.path("sex").asText();
            if (sex.equals("1") || sex.equals("2")) {
                counts.merge(sex.equals("1") ? "men" : "women", 1, Integer::sum);
            }
        }
    }

    /** Says which changes are to be read: those of the roster's month. */
    public void askChanges(Exchange exchange) {
        JsonNode roster = exchange.getProperty(ROSTER, JsonNode.class);
        Message message = exchange.getMessage();
        String month = roster.path("day").asText().substring(0, 7);
        message.setHeader(UNIT, roster.path("unit").asText());
        message.setHeader("HrFirst", month + "-01");
        message.setHeader("HrLast", month + "-31");
    }

    /** The body is the month's changes; then which headcounts are to be read. */
    public void addChanges(Exchange exchange) {
        Map<String, Integer> counts = counted(exchange);
        for (JsonNode change : Acceptance.bodies(exchange)) {
            boolean came = change.has("fromUnit") || change.path("kind").asText().equals(Comparison.RETURNED);
            counts.merge(came ? Comparison.JOINED : change.path("kind").asText(), 1, Integer::sum);
        }
        exchange.getMessage().setHeader(Headers.KEY, unit(exchange) + "|" + day(exchange));
    }

    /** The body, the headcount of the same day if there is one, becomes the new one, or an empty list when it says the same. */
    public void make(Exchange exchange) {
        List<JsonNode> before = Acceptance.bodies(exchange);
        ObjectNode headcount = JsonNodeFactory.instance.objectNode();
        headcount.put("unit", unit(exchange));
        headcount.put("day", day(exchange));
        headcount.put("month", day(exchange).substring(0, 7));
        counted(exchange).forEach((k, v) -> {
            if (STOCKS.contains(k) || FLOWS.contains(k)) {
                headcount.put(k, v);
            }
        });
        boolean same = !before.isEmpty() && Stream.concat(STOCKS.stream(), FLOWS.stream())
                .allMatch(f -> before.get(0).path(f).asInt() == headcount.path(f).asInt());
        headcount.put("counted", before.isEmpty() ? 1 : before.get(0).path("counted").asInt() + 1);
        exchange.getMessage().setBody(same ? List.of() : List.of(headcount));
    }

    /** The body is a headcount; says of which month all are to be read. */
    public void askMonth(Exchange exchange) {
        JsonNode headcount = exchange.getMessage().getBody(JsonNode.class);
        exchange.getMessage().setHeader(UNIT, headcount.path("unit").asText());
        exchange.getMessage().setHeader("HrMonth", headcount.path("month").asText());
    }

    /** The body, a unit's headcounts of a month, becomes its answer: the last one. */
    public void answer(Exchange exchange) {
        JsonNode last = Acceptance.latest(Acceptance.bodies(exchange));
        exchange.getMessage().setBody(answer(last, last.path("day").asText(), true));
    }

    /** The body becomes the units whose month is to be handed in. */
    public void units(Exchange exchange) {
        exchange.getMessage().setBody(new ArrayList<>(settings.units()));
    }

    /** The body is a unit. */
    public void askUnit(Exchange exchange) {
        exchange.getMessage().setHeader(UNIT, exchange.getMessage().getBody(String.class));
    }

    /**
     * The body, a unit's headcounts until the month's last day, becomes its answers: the last one of the month. A unit of a
     * database that has none in the month had no changes, so its last one before counts; one of files has not reported.
     */
    public void lastOfMonth(Exchange exchange) {
        String unit = exchange.getMessage().getHeader(UNIT, String.class);
        String day = exchange.getMessage().getHeader(Headers.DAY, String.class);
        JsonNode last = Acceptance.latest(Acceptance.bodies(exchange));
        boolean inMonth = last != null && last.path("month").asText().equals(day.substring(0, 7));
        boolean known = last != null && (inMonth || Databases.units(settings).contains(unit));
        exchange.getMessage().setBody(known ? List.of(answer(last, day, inMonth)) : List.of());
    }

    private static ObjectNode answer(JsonNode headcount, String day, boolean withFlows) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("unit", headcount.path("unit").asText());
        answer.put("day", day);
        ObjectNode values = answer.putObject("values");
        STOCKS.forEach(s -> values.put(s, headcount.path(s).asInt()));
        FLOWS.forEach(f -> values.put(f, withFlows ? headcount.path(f).asInt() : 0));
        return answer;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Integer> counted(Exchange exchange) {
        return exchange.getProperty(COUNTS, Map.class);
    }

    private static String unit(Exchange exchange) {
        return exchange.getProperty(ROSTER, JsonNode.class).path("unit").asText();
    }

    private static String day(Exchange exchange) {
        return exchange.getProperty(ROSTER, JsonNode.class).path("day").asText();
    }
}
