package org.yuzui.container.internal.settings;

import org.yuzui.container.internal.settings.YamlShape.Piece;

/** A text that is changed from its end to its beginning, and where its lines and blanks are. */
final class YamlLines {

    private final StringBuilder text;
    private final String eol;

    /** @param eol see {@link #eolOf} */
    YamlLines(String text, String eol) {
        this.text = new StringBuilder(text);
        this.eol = eol;
    }

    /** The line end that a text uses. */
    static String eolOf(String text) {
        int first = text.indexOf('\n');
        return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
    }

    /** What to put in the place of a range. */
    record Splice(int from, int to, String with) {
    }

    void splice(Splice splice) {
        splice(splice.from(), splice.to(), splice.with());
    }

    void splice(int from, int to, String with) {
        text.replace(from, to, with);
    }

    /** Adds a line at the end. */
    void append(String line) {
        boolean open = length() > 0 && !isBreak(length() - 1) && text.charAt(length() - 1) != '\uFEFF';
        text.append(open ? eol : "").append(line).append(eol);
    }

    String eol() {
        return eol;
    }

    int length() {
        return text.length();
    }

    char at(int index) {
        return index >= 0 && index < length() ? text.charAt(index) : '\0';
    }

    String part(int from, int to) {
        return text.substring(from, to);
    }

    boolean isBreak(int index) {
        return at(index) == '\n' || at(index) == '\r';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    int lineStart(int index) {
        int i = index;
        while (i > 0 && !isBreak(i - 1)) {
            i--;
        }
        return i == 0 && at(0) == '\uFEFF' && index > 0 ? 1 : i;
    }

    /** Before the line break, or the end of the text. */
    int lineEnd(int index) {
        int i = index;
        while (i < length() && !isBreak(i)) {
            i++;
        }
        return i;
    }

    /** After the line break, or the end of the text. */
    int nextLine(int index) {
        int end = lineEnd(index);
        if (at(end) == '\r' && at(end + 1) == '\n') {
            return end + 2;
        }
        return Math.min(length(), end + 1);
    }

    /** The start of the line before the one that starts here; -1 when this is the first. */
    int previousLine(int lineStart) {
        if (lineStart == 0 || !isBreak(lineStart - 1)) {
            return -1;
        }
        int lastBreak = lineStart - 1;
        if (at(lastBreak) == '\n' && at(lastBreak - 1) == '\r') {
            lastBreak--;
        }
        return lineStart(lastBreak);
    }

    /** Whether nothing but blanks stands before it on its line. */
    boolean isFirstOnLine(int index) {
        return part(lineStart(index), index).isBlank();
    }

    /** The whole line without its break. */
    String line(int lineStart) {
        return part(lineStart, lineEnd(lineStart));
    }

    /** The first place from here that is neither blank, nor a line break, nor a comment. */
    int skip(int from) {
        int i = from;
        while (i < length()) {
            if (at(i) == '#' && (i == 0 || isBlank(at(i - 1)) || isBreak(i - 1))) {
                i = lineEnd(i);
            } else if (isBlank(at(i)) || isBreak(i)) {
                i++;
            } else {
                return i;
            }
        }
        return i;
    }

    /** The comment after {@code |} or {@code >}, with the blanks before it. */
    String headerComment(Piece piece) {
        if (!piece.isBlockText()) {
            return "";
        }
        String header = part(piece.start(), lineEnd(piece.start()));
        int hash = header.indexOf(" #");
        return hash < 0 ? "" : " " + header.substring(hash);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
