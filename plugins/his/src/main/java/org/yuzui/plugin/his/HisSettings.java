package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.his.hl7.Charsets;
import org.yuzui.spi.Settings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plugin's settings, read once.
 *
 * @param charset       what a message without MSH-18 is written in, unless its facility says otherwise
 * @param zone          of times without an offset
 * @param facilities    by MSH-4
 * @param otherUnit     the unit that gets what unknown facilities send; empty when they are refused
 * @param acceptUnknown whether a message of a type that isn't read is accepted
 * @param processingIds MSH-11 that are accepted
 * @param pseudonymKey  null when there are no pseudonyms
 */
record HisSettings(Charset charset, ZoneId zone, Map<String, Facility> facilities, Optional<String> otherUnit,
                   boolean acceptUnknown, Set<String> processingIds, String pseudonymKey) {

    /**
     * A sender of messages.
     *
     * @param unit    the institution's code
     * @param beds    open beds; 0 when not known
     * @param charset in place of the link's
     * @param ignoreDeclared whether what its MSH-18 says is known to be wrong, so that the charset counts
     */
    record Facility(String unit, int beds, Charset charset, boolean ignoreDeclared) {
    }

    static HisSettings of(Settings settings) {
        Charset charset = charset(settings.text("charset", "UTF-8"));
        Map<String, Facility> facilities = new LinkedHashMap<>();
        settings.tree().path("facilities").fields().forEachRemaining(
                f -> facilities.put(f.getKey(), facility(f.getValue(), charset)));
        Set<String> processingIds = new HashSet<>();
        JsonNode ids = settings.tree().path("processingIds");
        if (ids.isArray()) {
            ids.forEach(id -> processingIds.add(id.asText()));
        } else {
            processingIds.add("P");
        }
        String unknown = settings.text("unknownFacility", "refuse");
        return new HisSettings(charset, ZoneId.of(settings.text("zone", "Asia/Shanghai")), facilities,
                unknown.equals("refuse") ? Optional.empty() : Optional.of(unknown),
                settings.text("unknownType", "accept").equals("accept"), Set.copyOf(processingIds),
                settings.text("pseudonymKey").filter(k -> !k.isBlank()).orElse(null));
    }

    /** Every institution with its open beds: of several facilities of one the greatest number that one of them states. */
    Map<String, Integer> bedsByUnit() {
        Map<String, Integer> beds = new LinkedHashMap<>();
        facilities.values().forEach(f -> beds.merge(f.unit(), f.beds(), Math::max));
        otherUnit.ifPresent(unit -> beds.putIfAbsent(unit, 0));
        return beds;
    }

    private static Facility facility(JsonNode node, Charset otherwise) {
        if (node.isTextual()) {
            return new Facility(node.asText(), 0, otherwise, false);
        }
        String charset = node.path("charset").asText("");
        return new Facility(node.path("unit").asText(), node.path("beds").asInt(0),
                charset.isEmpty() ? otherwise : charset(charset), node.path("ignoreDeclared").asBoolean(false));
    }

    private static Charset charset(String name) {
        return Charsets.named(name).filter(c -> c != StandardCharsets.US_ASCII).orElseThrow(() ->
                new IllegalArgumentException("The setting charset '" + name + "' is not known; use UTF-8 or GB18030."));
    }
}
