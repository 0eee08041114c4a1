package org.yuzui.plugin.hr.roster;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which field a column is of, by its heading. A field's own name is always one of its headings. */
public final class Headings {

    private final Map<String, Field> fields = new HashMap<>();

    /**
     * Those that the plugin knows, or the site's.
     *
     * @param own what the site calls a field, by its key, in place of what the plugin knows
     * @throws IllegalArgumentException for a field that there isn't, and a heading of two
     */
    public Headings(Map<String, List<String>> own) {
        own.keySet().forEach(k -> Field.of(k).orElseThrow(() -> new IllegalArgumentException(
                "'columns' names the field '" + k + "', which there isn't. There are " + keys() + ".")));
        for (Field field : Field.values()) {
            List<String> headings = new ArrayList<>(own.getOrDefault(field.key(), field.headings()));
            headings.add(field.key());
            for (String heading : headings) {
                Field before = fields.put(plain(heading), field);
                if (before != null && before != field) {
                    throw new IllegalArgumentException("'columns' gives the heading '" + heading + "' to two fields.");
                }
            }
        }
    }

    /** Null when no field is called so. */
    Field field(String heading) {
        return fields.get(plain(heading));
    }

    /** A heading may be broken over lines, have blanks between its characters, and a mark that it is required. */
    private static String plain(String heading) {
        return Normalizer.normalize(heading, Normalizer.Form.NFKC).replaceAll("[\\s*:]+", "").toLowerCase(Locale.ROOT);
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Field field : Field.values()) {
            keys.add(field.key());
        }
        return keys;
    }
}
