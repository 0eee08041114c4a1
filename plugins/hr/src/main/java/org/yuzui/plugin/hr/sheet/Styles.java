package org.yuzui.plugin.hr.sheet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a workbook's cell formats make of a number: a date, or digits with zeros before them. */
final class Styles {

    private static final String PART = "xl/styles.xml";
    private static final int MOST = 100_000;

    private final List<Integer> formats = new ArrayList<>();
    private final Map<Integer, String> codes = new HashMap<>();

    static Styles read(Workbook workbook) throws IOException {
        Styles styles = new Styles();
        if (!workbook.has(PART)) {
            return styles;
        }
        boolean cells = false;
        try (Xml xml = new Xml(workbook.part(PART), PART)) {
            for (Xml.Event event = xml.next(); event != null; event = xml.next()) {
                if (event == Xml.Event.END && xml.name().equals("cellXfs")) {
                    cells = false;
                } else if (event == Xml.Event.START) {
                    switch (xml.name()) {
                        case "cellXfs" -> cells = true;
                        case "numFmt" -> styles.codes.put(xml.number("numFmtId", -1), xml.attribute("formatCode"));
                        case "xf" -> {
                            if (cells) {
                                styles.formats.add(xml.number("numFmtId", 0));
                            }
                        }
                        default -> { }
                    }
                    if (styles.formats.size() > MOST || styles.codes.size() > MOST) {
                        throw Workbook.damaged(PART);
                    }
                }
            }
        }
        return styles;
    }

    /** Whether a cell of that style shows its number as a day. */
    boolean isDate(int style) {
        int format = format(style);
        String code = codes.get(format);
        return code == null ? isBuiltInDate(format) : isDate(code);
    }

    /** To how many digits a cell of that style fills its number up with zeros. */
    int digits(int style) {
        String code = codes.get(format(style));
        return code != null && code.matches("0{2,40}") ? code.length() : 0;
    }

    private int format(int style) {
        return style >= 0 && style < formats.size() ? formats.get(style) : 0;
    }

    /** ECMA-376 18.8.30; 27 to 36 and 50 to 58 are those of Chinese versions. Times without a day are none. */
    private static boolean isBuiltInDate(int format) {
        return format >= 14 && format <= 17 || format == 22 || format >= 27 && format <= 31 || format == 36
                || format >= 50 && format <= 54 || format == 57 || format == 58;
    }

    /** By the letters outside quotes, brackets and escapes: years or days make a date. */
    private static boolean isDate(String code) {
        String bare = code.replaceAll("\"[^\"]*\"", "").replaceAll("\\[[^\\]]*\\]", "").replaceAll("\\\\.|_.|\\*.", "").toLowerCase(Locale.ROOT);
        return !bare.contains("general") && (bare.indexOf('y') >= 0 || bare.indexOf('d') >= 0);
    }
}
