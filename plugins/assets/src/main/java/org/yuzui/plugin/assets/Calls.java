package org.yuzui.plugin.assets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.plugin.assets.door.DoorComponent;
import org.yuzui.plugin.assets.input.Findings;
import org.yuzui.plugin.assets.input.JsonFields;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the JSON of a call; the body becomes its records. */
public final class Calls {

    private static final int MOST_ITEMS = 5_000;
    private static final String ENTERED = "AssetsEntered";
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(60).maxStringLength(10_000).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Map<String, String> KINDS = Map.of("reallocation", "reallocation", "loan", "loan", "return", "return", "disposal", "disposal");
    private static final List<String> KIND_NAMES = List.of("reallocation", "loan", "return", "disposal");
    private static final Set<String> CARD = Set.of("unit", "asset", "name", "category", "quantity", "unitOfMeasure", "originalValue", "netValue",
            "acquiredOn", "location", "state", "keeper", "day");
    private static final Set<String> ALWAYS = Set.of("kind", "unit", "number", "asset", "day", "status");
    private static final Map<String, Set<String>> OF_KIND = Map.of("reallocation", Set.of("toUnit", "into", "saved", "approval"),
            "loan", Set.of("toUnit", "borrower", "dueOn", "approval"), "return", Set.of("into"),
            "disposal", Set.of("method", "startPrice", "dealPrice", "premium", "approval"));

    private final AssetsSettings settings;
    private final Gate gate;

    public Calls(Settings settings, Gate gate) {
        this.settings = AssetsSettings.of(settings);
        this.gate = gate;
    }

    /** The bytes of the body become a list of records of the contract in {@link Intake#CONTRACT}. */
    public void check(Exchange exchange) throws IOException {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        boolean cards = DoorComponent.ASSETS.equals(what(exchange));
        exchange.getMessage().setHeader(Intake.CONTRACT, cards ? Chunk.ASSET : Chunk.MOVEMENT);
        exchange.getMessage().setHeader(Headers.ARRIVED, body);
        Findings findings = new Findings();
        List<ObjectNode> records = records(body, cards, findings);
        findings.throwIfAny("call");
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            candidates.add(Candidate.of(cards, records.get(i), "/" + i));
        }
        exchange.setProperty(ENTERED, gate.enter(candidates));
        gate.check(candidates, findings);
        findings.throwIfAny("call");
        exchange.getMessage().setBody(records);
    }

    /** Of a call that is sent on again the source's own words tell it. */
    private static String what(Exchange exchange) {
        String what = exchange.getMessage().getHeader(DoorComponent.WHAT, String.class);
        String type = exchange.getMessage().getHeader(Headers.SOURCE_TYPE, "", String.class);
        return what != null ? what : type.substring(type.lastIndexOf('/') + 1);
    }

    /** To be called whatever became of it. */
    public void end(Exchange exchange) {
        if (exchange.removeProperty(ENTERED) instanceof Gate.Pass pass) {
            pass.close();
        }
    }

    List<ObjectNode> records(byte[] body, boolean cards, Findings findings) throws IOException {
        List<ObjectNode> records = new ArrayList<>();
        JsonNode sent;
        try {
            sent = JSON.readTree(body);
        } catch (JsonProcessingException | NumberFormatException e) { // the second for an exponent that nothing can hold
            findings.add("not-json", "", null, null, "The body is not JSON in UTF-8, or has a name twice, or is nested too deep.");
            return records;
        }
        List<JsonNode> items = new ArrayList<>();
        if (sent.isArray()) {
            sent.forEach(items::add);
        } else {
            items.add(sent);
        }
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            findings.add("bad-request", "", null, null, "Send a JSON object, or a list of one to " + MOST_ITEMS + " of them.");
            return records;
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            ObjectNode record = record(items.get(i), cards, "/" + i, findings);
            if (record != null) {
                Integer first = seen.putIfAbsent(cards ? record.path("asset").asText() : record.path("unit").asText() + " "
                        + record.path("number").asText() + " " + record.path("asset").asText(), i);
                if (first != null) {
                    findings.add(cards ? "asset-twice" : "movement-twice", "/" + i, null, null, "It stands at /" + first
                            + " already. Which of them counts can't be told: leave one out.");
                }
                records.add(record);
            }
        }
        return records;
    }

    private ObjectNode record(JsonNode item, boolean card, String at, Findings findings) {
        if (!item.isObject()) {
            findings.add("bad-request", at, null, null, "It is no JSON object.");
            return null;
        }
        JsonFields fields = new JsonFields(item, at, findings);
        String kind = card ? null : fields.choice("kind", true, KINDS, KIND_NAMES);
        if (!card && kind == null) {
            return null;
        }
        item.fieldNames().forEachRemaining(name -> {
            if (card ? !CARD.contains(name) : !ALWAYS.contains(name) && !OF_KIND.get(kind).contains(name)) {
                // The name may be anything, also somebody's: it is told in the answer, as a value.
                fields.bad(null, "unknown-field", name, "There is no such field" + (card ? "" : " of a " + kind) + ": see /openapi.yaml.");
            }
        });
        return card ? settings.maker().card(fields, null) : settings.maker().movement(fields, kind);
    }
}
