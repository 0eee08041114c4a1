package org.yuzui.sheet;

import javax.xml.stream.XMLStreamConstants;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts that cells share; kept in memory, within limits. */
final class SharedTexts {

    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private final List<String> texts = new ArrayList<>();

    private SharedTexts() {
    }

    /** @param part null when the workbook has none; it is closed */
    static SharedTexts read(PartReader part) throws IOException {
        SharedTexts all = new SharedTexts();
        if (part == null) {
            return all;
        }
        try (part) {
            long characters = 0;
            for (String element = part.start(); element != null; element = part.start()) {
                if (element.equals("si")) {
                    String text = text(part, "si");
                    characters += text == null ? 0 : text.length();
                    if (all.texts.size() >= Limits.SHARED_TEXTS || characters > Limits.SHARED_CHARACTERS) {
                        throw new BadWorkbook("too-many-texts", null, "文字过多，请拆分文件。/ The file has more texts than are kept at a time. Divide it.");
                    }
                    all.texts.add(text);
                }
            }
        }
        return all;
    }

    /**
     * The text inside an element that has just begun, up to its end; how it is to be pronounced is not part of it.
     *
     * @return null when it is longer than a cell can be
     */
    static String text(PartReader part, String element) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean whole = true;
        boolean within = false;
        boolean spoken = false;
        while (true) {
            switch (part.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    within = part.name().equals("t") && !spoken;
                    spoken |= part.name().equals("rPh");
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    within = false;
                    spoken &= !part.name().equals("rPh");
                    if (part.name().equals(element)) {
                        return whole ? plain(text) : null;
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA ->
                    whole &= !within || part.text(text);
                case XMLStreamConstants.END_DOCUMENT -> {
                    return whole ? plain(text) : null;
                }
                default -> {
                }
            }
        }
    }

    /** {@code _x000D_} stands for a character that XML can't write. */
    private static String plain(StringBuilder text) {
        return text.indexOf("_x") < 0 ? text.toString() : ESCAPED.matcher(text).replaceAll(m ->
                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
    }

    int size() {
        return texts.size();
    }

    /** Null when it was longer than a cell can be. */
    String get(int index) {
        return texts.get(index);
    }
}
