package org.yuzui.plugin.finance.asset;

import org.yuzui.plugin.finance.file.BadFile;
import org.yuzui.plugin.finance.file.Findings;
import org.yuzui.plugin.finance.file.Row;
import org.yuzui.plugin.finance.file.Rows;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A document of fixed assets that was read to its end and found in order: what its other tables say about the cards. Reading
 * takes memory for the cards' numbers and places.
 */
public final class AssetFile {

    private static final int MOST_CARDS = 200_000;
    private static final int LONGEST_PLACE = 500;

    private final Map<String, String> categories = new HashMap<>();
    private final Map<String, String> uses = new HashMap<>();
    /** Of each card, or of what the other tables name as one: its place, empty for none. */
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> reductions = new HashMap<>();
    /** Places repeat. */
    private final Map<String, String> texts = new HashMap<>();

    private AssetFile() {
    }

    /** @throws BadFile when anything is wrong, naming everything */
    public static AssetFile check(Rows rows) throws IOException {
        AssetFile file = new AssetFile();
        Findings findings = new Findings();
        Map<String, Integer> cards = new HashMap<>();
        Map<String, Row> named = new LinkedHashMap<>();
        Map<String, Row> categories = new LinkedHashMap<>();
        for (Row row = rows.next(); row != null; row = rows.next()) {
            switch (row.table()) {
                case "assetCategory" -> file.categories.put(code(row, "code"), row.limited("name", 200));
                case "assetUse" -> file.uses.put(code(row, "code"), row.limited("name", 60));
                case "assetCard" -> {
                    Card card = Card.of(row);
                    if (cards.put(card.asset(), row.line()) != null) {
                        findings.add("card-twice", row.line(), row.name(), "The card " + card.asset() + " stands in the file twice.");
                    }
                    categories.putIfAbsent(card.category(), whereOf(row));
                }
                case "assetThing" -> {
                    named.putIfAbsent(code(row, "asset"), whereOf(row));
                    file.place(row);
                }
                case "assetReduction" -> {
                    named.putIfAbsent(code(row, "asset"), whereOf(row));
                    file.reductions.put(row.text("asset"), row.date("date").toString());
                }
                default -> { }
            }
            if (cards.size() > MOST_CARDS || named.size() > MOST_CARDS || file.categories.size() + file.uses.size() > MOST_CARDS) {
                throw row.bad("too-large", null, "The file has more than " + MOST_CARDS + " cards. Export it by categories.");
            }
        }
        if (cards.isEmpty()) {
            throw new BadFile("no-cards", 0, "固定资产卡片", "The file has no cards. Send it when there are some.");
        }
        named.forEach((asset, row) -> {
            if (!cards.containsKey(asset)) {
                findings.add("unknown-card", row.line(), row.name(), "The card " + asset + " is not among the cards of the file.");
            }
        });
        if (!file.categories.isEmpty()) {
            categories.forEach((category, row) -> {
                if (!file.categories.containsKey(category)) {
                    findings.add("unknown-category", row.line(), row.name(), "The category " + category + " is not in 固定资产类别设置.");
                }
            });
        }
        findings.throwIfAny();
        return file;
    }

    private static String code(Row row, String field) {
        row.required(field);
        return row.limited(field, 60);
    }

    /** Only where it stands. */
    private static Row whereOf(Row row) {
        return new Row(row.table(), row.name(), Map.of(), row.line());
    }

    private void place(Row row) {
        String place = row.limited("location", LONGEST_PLACE);
        if (!place.isEmpty()) {
            String known = places.get(row.text("asset"));
            String all = known == null || known.equals(place) ? place : known + "；" + place;
            if (all.length() > LONGEST_PLACE) {
                throw row.bad("too-long", "location", "The places of the card together are longer than " + LONGEST_PLACE + " characters.");
            }
            places.put(row.text("asset"), texts.computeIfAbsent(all, a -> a));
        }
    }

    /** Empty when the file doesn't name it. */
    String category(String code) {
        return categories.getOrDefault(code, "");
    }

    /** What the file calls a use, or the code itself: products write the name in its place. */
    String use(String code) {
        return uses.getOrDefault(code, code);
    }

    /** Where the things of a card are; null when the file doesn't say. */
    String place(String asset) {
        return places.get(asset);
    }

    /** The day on which it was taken off the books; null when it is on them. */
    String reduced(String asset) {
        return reductions.get(asset);
    }
}
