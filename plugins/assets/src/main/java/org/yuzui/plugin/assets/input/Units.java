package org.yuzui.plugin.assets.input;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

/** The units of the settings: by what files and calls name them. */
public record Units(Map<String, String> codes) {

    /** The code of the unit in the field; null when it is absent or unknown. */
    String of(Fields fields, String field, boolean required) {
        String name = required || fields.has(field) ? fields.code(field, 200) : null;
        if (name == null) {
            return null;
        }
        String code = codes.containsKey(name) ? codes.get(name) : codes.containsValue(name) ? name : null;
        if (code == null) {
            fields.bad(field, "unknown-unit", name, "The settings know no such unit. Correct it, or add it to 'units' in config/plugins/assets.yaml.");
        }
        return code;
    }

    /** Each once. */
    public Collection<String> all() {
        return new TreeSet<>(codes.values());
    }
}
