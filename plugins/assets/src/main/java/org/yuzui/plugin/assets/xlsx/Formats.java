package org.yuzui.plugin.assets.xlsx;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which formats of cells show a number as a day. A time of the day alone is none. */
final class Formats {

    private static final int MOST = 70_000;

    private final Set<Integer> days = new HashSet<>();

    private Formats() {
    }

    /** @param part null when the workbook has none; it is closed */
    static Formats read(PartReader part) throws IOException {
        Formats formats = new Formats();
        if (part == null) {
            return formats;
        }
        try (part) {
            Map<String, Boolean> own = new HashMap<>();
            boolean within = false;
            int index = 0;
            for (String element = part.start(); element != null; element = part.start()) {
                switch (element) {
                    case "numFmt" -> {
                        if (!within && own.size() < MOST && part.attribute("numFmtId") != null) {
                            own.put(part.attribute("numFmtId"), showsDay(part.attribute("formatCode")));
                        }
                    }
                    case "cellXfs" -> within = true;
                    case "cellStyles", "dxfs", "tableStyles" -> within = false;
                    case "xf" -> {
                        String id = part.attribute("numFmtId");
                        if (within && id != null && own.getOrDefault(id, isBuiltIn(id)) && formats.days.size() < MOST) {
                            formats.days.add(index);
                        }
                        index += within ? 1 : 0;
                    }
                    default -> {
                    }
                }
            }
        }
        return formats;
    }

    boolean isDay(int style) {
        return days.contains(style);
    }

    /** Days of the formats that need no code; those from 27 on are days in Chinese editions. */
    private static boolean isBuiltIn(String id) {
        if (!id.matches("\\d{1,3}")) {
            return false;
        }
        int n = Integer.parseInt(id);
        return n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 54 || n == 57 || n == 58;
    }

    /** Whether it has a year or a day, outside of texts and of what stands in brackets. */
    static boolean showsDay(String code) {
        if (code == null) {
            return false;
        }
        boolean quoted = false;
        boolean bracket = false;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '\\') {
                i++;
            } else if (!quoted && (c == '[' || c == ']')) {
                bracket = c == '[';
            } else if (!quoted && !bracket && "yYdD".indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }
}
