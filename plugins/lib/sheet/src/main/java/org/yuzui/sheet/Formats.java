package org.yuzui.sheet;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What formats of cells make of a number: a day, or digits with zeros before them. A time of the day alone is no day. */
final class Formats {

    private static final int MOST = 70_000;

    private final Set<Integer> days = new HashSet<>();
    private final Map<Integer, Integer> digits = new HashMap<>();

    private Formats() {
    }

    /** @param part null when the workbook has none; it is closed */
    static Formats read(PartReader part) throws IOException {
        Formats formats = new Formats();
        if (part == null) {
            return formats;
        }
        try (part) {
            Map<String, String> own = new HashMap<>();
            boolean within = false;
            int index = 0;
            for (String element = part.start(); element != null; element = part.start()) {
                switch (element) {
                    case "numFmt" -> {
                        if (!within && own.size() < MOST && part.attribute("numFmtId") != null) {
                            own.put(part.attribute("numFmtId"), part.attribute("formatCode"));
                        }
                    }
                    case "cellXfs" -> within = true;
                    case "cellStyles", "dxfs", "tableStyles" -> within = false;
                    case "xf" -> {
                        String id = part.attribute("numFmtId");
                        if (within && id != null && index < MOST) {
                            formats.add(index, own.containsKey(id), own.get(id), id);
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

    private void add(int style, boolean own, String code, String id) {
        if (own ? showsDay(code) : isBuiltIn(id)) {
            days.add(style);
        }
        if (code != null && code.matches("0{2,40}")) {
            digits.put(style, code.length());
        }
    }

    /** To how many digits a cell of that style fills its number up with zeros. */
    int digits(int style) {
        return digits.getOrDefault(style, 0);
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
            } else if (!quoted && (c == '\\' || c == '_' || c == '*')) {
                i++; // what follows is shown, left out or repeated as it stands
            } else if (!quoted && (c == '[' || c == ']')) {
                bracket = c == '[';
            } else if (!quoted && !bracket && "yYdD".indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }
}
