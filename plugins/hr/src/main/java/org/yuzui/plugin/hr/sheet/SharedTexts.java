package org.yuzui.plugin.hr.sheet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts that the cells of a workbook share. */
final class SharedTexts {

    private static final String PART = "xl/sharedStrings.xml";
    private static final int MOST = 1_000_000;
    private static final long MOST_CHARACTERS = 24_000_000;
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private final List<String> texts = new ArrayList<>();

    static SharedTexts read(Workbook workbook) throws IOException {
        SharedTexts shared = new SharedTexts();
        if (!workbook.has(PART)) {
            return shared;
        }
        long characters = 0;
        try (Xml xml = new Xml(workbook.part(PART), PART)) {
            for (Xml.Event event = xml.next(); event != null; event = xml.next()) {
                if (event == Xml.Event.START && xml.name().equals("si")) {
                    String text = text(xml, "si", PART);
                    characters += text.length();
                    if (shared.texts.size() == MOST || characters > MOST_CHARACTERS) {
                        throw new BadSheet("too-large", PART, "工作簿文字过多。/ The workbook has more text than any roster. Copy the roster into a new workbook.");
                    }
                    shared.texts.add(text);
                }
            }
        }
        return shared;
    }

    /** Null when there is none of that number. */
    String get(String number) {
        if (!number.matches("\\d{1,9}")) {
            return null;
        }
        int index = Integer.parseInt(number);
        return index < texts.size() ? texts.get(index) : null;
    }

    /** The text of a {@code si} or {@code is}, put together of its runs, without how it is to be pronounced. */
    static String text(Xml xml, String end, String place) {
        StringBuilder text = new StringBuilder();
        boolean inText = false;
        int spoken = 0;
        for (Xml.Event event = xml.next(); event != null; event = xml.next()) {
            switch (event) {
                case START -> {
                    spoken += xml.name().equals("rPh") ? 1 : 0;
                    inText = xml.name().equals("t") && spoken == 0;
                }
                case END -> {
                    if (xml.name().equals(end)) {
                        return plain(text.toString());
                    }
                    spoken -= xml.name().equals("rPh") ? 1 : 0;
                    inText = false;
                }
                case TEXT -> {
                    if (inText) {
                        append(text, xml.text(), place);
                    }
                }
            }
        }
        throw Workbook.damaged(place);
    }

    static void append(StringBuilder text, String more, String place) {
        if (text.length() + more.length() > Sheet.LONGEST_TEXT) {
            throw new BadSheet("too-long", place, "一个单元格超过 4000 字。/ A cell has more than 4,000 characters.");
        }
        text.append(more);
    }

    /** {@code _x000D_} stands for a character that XML can't write. */
    private static String plain(String text) {
        String stripped = text.indexOf("_x") < 0 ? text : ESCAPED.matcher(text).replaceAll(m ->
                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
        return stripped.strip();
    }
}
