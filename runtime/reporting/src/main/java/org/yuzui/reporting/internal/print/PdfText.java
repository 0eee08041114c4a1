package org.yuzui.reporting.internal.print;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Text for PDF in two fonts that every reader has or substitutes: Helvetica for Latin, STSong-Light (Adobe-GB1) for Chinese. Widths are
 * in thousandths of the size.
 */
final class PdfText {

    /** Helvetica's widths from U+0020 to U+007E, by its metrics. */
    private static final int[] LATIN = {278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
        556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
        556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};
    private static final int WIDE = 1000;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PdfText() {
    }

    /** Signs that neither font has, as one that says the same. */
    private static String spelled(String text) {
        StringBuilder spelled = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c >= '\u2080' && c <= '\u2089') { // subscript digits: CO₂
                spelled.append((char) ('0' + c - '\u2080'));
            } else if (c == '\u2013') {
                spelled.append('-');
            } else {
                spelled.append(Character.isSurrogate((char) c) || c < ' ' ? '?' : (char) c);
            }
        });
        return spelled.toString();
    }

    private static boolean isLatin(char c) {
        return c <= '\u007E' || c >= '\u00A0' && c <= '\u00FF';
    }

    private static int width(char c) {
        return c >= ' ' && c <= '~' ? LATIN[c - ' '] : c == '²' || c == '³' ? 333 : c >= '\u00A0' && c <= '\u00FF' ? 556 : WIDE;
    }

    static double width(String text, double size) {
        return spelled(text).chars().map(c -> width((char) c)).sum() * size / WIDE;
    }

    /** Operators that show it, a font after the other. */
    static String show(String text, double size) {
        StringBuilder out = new StringBuilder();
        String all = spelled(text);
        int from = 0;
        while (from < all.length()) {
            boolean latin = isLatin(all.charAt(from));
            int to = from;
            while (to < all.length() && isLatin(all.charAt(to)) == latin) {
                to++;
            }
            out.append(latin ? "/F1 " : "/F2 ").append(PdfPages.number(size)).append(" Tf <");
            for (char c : all.substring(from, to).toCharArray()) {
                out.append(latin ? HEX.toHexDigits((byte) c) : HEX.toHexDigits(c));
            }
            out.append("> Tj ");
            from = to;
        }
        return out.toString();
    }

    /** In lines that fit; Chinese breaks anywhere, Latin between words. */
    static List<String> wrap(String text, double size, double width, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String piece : pieces(text)) {
            if (line.length() > 0 && width(line + piece.stripTrailing(), size) > width) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            line.append(piece);
        }
        lines.add(line.toString().strip());
        if (lines.size() <= most) {
            return lines.stream().map(l -> cut(l, size, width)).toList();
        }
        List<String> kept = new ArrayList<>(lines.subList(0, most - 1));
        kept.add(cut(String.join("", lines.subList(most - 1, lines.size())), size, width));
        return kept;
    }

    /** As much as fits, with dots where something was left out. */
    static String cut(String text, double size, double width) {
        if (width(text, size) <= width) {
            return text;
        }
        String cut = text;
        while (!cut.isEmpty() && width(cut + "...", size) > width) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut + "...";
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (!isLatin(c)) {
                if (word.length() > 0) {
                    pieces.add(word.toString());
                    word.setLength(0);
                }
                pieces.add(String.valueOf(c));
            } else {
                word.append(c);
                if (c == ' ') {
                    pieces.add(word.toString());
                    word.setLength(0);
                }
            }
        }
        if (word.length() > 0) {
            pieces.add(word.toString());
        }
        return pieces;
    }
}
