package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.code.CreditCode;
import org.yuzui.plugin.hr.database.Database;
import org.yuzui.plugin.hr.roster.Headings;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.spi.Settings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plugin's settings, read once.
 *
 * @param books     rosters that come as files, by what their names begin with
 * @param databases by their names
 * @param keepDone  days
 * @param keepMendable whether the hub keeps what is refused
 */
record HrSettings(Path inbox, ZoneId zone, int keepDone, int keepRefused, int keepHeld, boolean keepMendable,
                  Map<String, Book> books, Map<String, Database> databases, Headings headings, CodeTables codes, Pseudonyms pseudonyms) {

    /**
     * Whose roster a file is.
     *
     * @param sheet      null for the first one
     * @param creditCode null when it isn't known
     */
    record Book(String unit, String sheet, String creditCode) {
    }

    static HrSettings of(Settings settings) {
        JsonNode tree = settings.tree();
        Map<String, Book> books = new LinkedHashMap<>();
        Map<String, String> places = new HashMap<>();
        tree.path("rosters").properties().forEach(r -> {
            String unit = r.getValue().path("unit").asText();
            once(places, unit, "rosters." + r.getKey());
            books.put(r.getKey(), new Book(unit, r.getValue().path("sheet").asText(null), creditCode(r.getValue(), "rosters." + r.getKey())));
        });
        Map<String, Database> databases = new LinkedHashMap<>();
        tree.path("databases").properties().forEach(d -> {
            JsonNode node = d.getValue();
            String unit = node.path("unit").asText();
            once(places, unit, "databases." + d.getKey());
            databases.put(d.getKey(), new Database(d.getKey(), unit, node.path("url").asText(), node.path("user").asText(),
                    node.path("password").asText(""), node.path("query").asText(), node.path("watermark").asText(),
                    node.path("overlap").asInt(60), creditCode(node, "databases." + d.getKey())));
        });
        Map<String, List<String>> columns = new LinkedHashMap<>();
        tree.path("columns").properties().forEach(c -> {
            List<String> names = new ArrayList<>();
            c.getValue().forEach(n -> names.add(n.asText()));
            columns.put(c.getKey(), names);
        });
        return new HrSettings(Path.of(settings.text("inbox", "in/hr")), ZoneId.of(settings.text("zone", "Asia/Shanghai")),
                settings.number("keep.done", 7), settings.number("keep.refused", 30), settings.number("keep.held", 30),
                tree.at("/keep/mendable").asBoolean(true), books, databases,
                new Headings(columns), CodeTables.load(settings.text("codes").map(Path::of).orElse(null)),
                new Pseudonyms(settings.text("pseudonymKey", null)));
    }

    /** Of two rosters of one unit each would say that the other's people have left. */
    private static void once(Map<String, String> places, String unit, String place) {
        String before = places.put(unit, place);
        if (before != null) {
            throw new IllegalArgumentException("'" + before + "' and '" + place + "' are both of the unit " + unit
                    + ". A unit has one roster: each would say that the other's people have left.");
        }
    }

    private static String creditCode(JsonNode node, String place) {
        String code = node.path("creditCode").asText(null);
        if (code != null && !CreditCode.isValid(code)) {
            throw new IllegalArgumentException("'" + place + ".creditCode' is no unified social credit code: its check digits are wrong.");
        }
        return code;
    }

    RosterSheet.Terms terms(String creditCode) {
        return new RosterSheet.Terms(headings, codes, creditCode, pseudonyms::of);
    }

    /** Whose people the plugin is told about. */
    Set<String> units() {
        Set<String> units = new LinkedHashSet<>();
        books.values().forEach(b -> units.add(b.unit()));
        databases.values().forEach(d -> units.add(d.unit()));
        return units;
    }
}
