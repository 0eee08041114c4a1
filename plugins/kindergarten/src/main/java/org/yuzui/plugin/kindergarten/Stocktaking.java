package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares a book with scans: what is only in the book is missing, what was only scanned is surplus, what was last scanned
 * in another place than the book says is misplaced. An asset whose label was scanned in several places is named besides:
 * it was moved, or there are two of that label.
 */
final class Stocktaking {

    /** So many of each are named; all are counted. */
    private static final int NAMED = 1000;

    private final Map<String, JsonNode> book = new TreeMap<>();
    private final Map<String, List<JsonNode>> scans = new TreeMap<>();

    /** Takes the book's assets; those that are disposed of are left out. */
    void book(List<JsonNode> assets) {
        assets.stream().filter(a -> !a.path("state").asText().equals("disposed")).forEach(a -> book.put(a.path("asset").asText(), a));
    }

    void scans(List<JsonNode> all) {
        all.forEach(s -> scans.computeIfAbsent(s.path("asset").asText(), a -> new java.util.ArrayList<>()).add(s));
        scans.values().forEach(l -> l.sort(Comparator.comparing((JsonNode s) -> OffsetDateTime.parse(s.path("scannedAt").asText()).toInstant())));
    }

    /** Puts figures and lists into the record. */
    void compare(ObjectNode record) {
        ArrayNode missing = record.putArray("missingAssets");
        ArrayNode surplus = record.putArray("surplusAssets");
        ArrayNode misplaced = record.putArray("misplacedAssets");
        ArrayNode duplicates = record.putArray("duplicateAssets");
        int missingCount = 0;
        int surplusCount = 0;
        int misplacedCount = 0;
        int duplicateCount = 0;
        for (Map.Entry<String, JsonNode> entry : book.entrySet()) {
            JsonNode asset = entry.getValue();
            List<JsonNode> found = scans.get(entry.getKey());
            if (found == null) {
                if (missingCount++ < NAMED) {
                    named(missing, asset, "asset", "name", "location");
                }
            } else if (isElsewhere(asset, last(found)) && misplacedCount++ < NAMED) {
                named(misplaced, asset, "asset", "name", "location").put("found", last(found).path("location").asText());
            }
        }
        for (Map.Entry<String, List<JsonNode>> entry : scans.entrySet()) {
            List<JsonNode> found = entry.getValue();
            if (!book.containsKey(entry.getKey()) && surplusCount++ < NAMED) {
                named(surplus, last(found), "asset", "location");
            }
            Set<String> places = new TreeSet<>();
            found.forEach(s -> places.add(s.path("location").asText("")));
            if (places.size() > 1 && duplicateCount++ < NAMED) {
                ArrayNode locations = duplicates.addObject().put("asset", entry.getKey()).put("times", found.size()).putArray("locations");
                places.stream().limit(NAMED).forEach(locations::add);
            }
        }
        record.put("book", book.size()).put("scanned", scans.size()).put("matched", book.size() - missingCount - misplacedCount)
                .put("missing", missingCount).put("surplus", surplusCount).put("misplaced", misplacedCount).put("duplicate", duplicateCount)
                .put("differences", missingCount + surplusCount + misplacedCount);
    }

    /** Where the book or the scan names no place, none can be wrong. */
    private static boolean isElsewhere(JsonNode asset, JsonNode scan) {
        String said = asset.path("location").asText("").strip();
        String found = scan.path("location").asText("").strip();
        return !said.isEmpty() && !found.isEmpty() && !said.equals(found);
    }

    private static JsonNode last(List<JsonNode> scans) {
        return scans.get(scans.size() - 1);
    }

    private static ObjectNode named(ArrayNode list, JsonNode of, String... fields) {
        ObjectNode named = list.addObject();
        for (String field : fields) {
            if (of.hasNonNull(field)) {
                named.put(field, of.get(field).asText());
            }
        }
        return named;
    }
}
