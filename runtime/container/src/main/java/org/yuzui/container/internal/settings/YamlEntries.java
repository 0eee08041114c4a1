package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.container.internal.settings.YamlLines.Splice;
import org.yuzui.container.internal.settings.YamlShape.Entry;
import org.yuzui.container.internal.settings.YamlShape.Kind;
import org.yuzui.container.internal.settings.YamlShape.Piece;

import java.util.ArrayList;
import java.util.List;

/** What to splice into a text so that the keys of one mapping change. Splices come last first. */
final class YamlEntries {

    private final YamlLines text;
    private final YamlShape shape;
    private final Piece mapping;

    YamlEntries(YamlLines text, YamlShape shape, Piece mapping) {
        this.text = text;
        this.shape = shape;
        this.mapping = mapping;
    }

    /** Another value for a key. */
    List<Splice> replace(Entry entry, JsonNode value) {
        Piece old = entry.value();
        int colon = text.skip(entry.keyEnd());
        if (text.at(colon) != ':') { // {a, b}
            return List.of(new Splice(entry.keyEnd(), entry.keyEnd(), ": " + YamlWords.inline(value)));
        }
        int end = shape.contentEnd(old);
        boolean inline = mapping.isFlow() || YamlWords.afterColon(value, "", " ", "\n").charAt(0) == ' ';
        if (inline) {
            char style = old.kind() == Kind.SCALAR ? old.style() : ' ';
            String word = value.isContainerNode() ? YamlWords.inline(value) : YamlWords.scalar(value, style);
            if (old.isEmptyScalar()) {
                return List.of(new Splice(colon + 1, colon + 1, " " + word));
            }
            if (old.kind() == Kind.SCALAR || old.kind() == Kind.ALIAS || old.isFlow()) {
                return List.of(new Splice(old.start(), end, word + text.headerComment(old)));
            }
            return List.of(new Splice(colon + 1, end, " " + word + comment(colon + 1)));
        }
        String block = YamlWords.afterColon(value, indent(), step(), text.eol());
        if (old.isBlockText() || !old.entries().isEmpty() && !old.isFlow()) {
            String comment = old.isBlockText() ? text.headerComment(old) : comment(colon + 1);
            return List.of(new Splice(colon + 1, end, comment + block));
        }
        int lineEnd = text.lineEnd(end);
        return List.of(new Splice(colon + 1, lineEnd, text.part(end, lineEnd).stripTrailing() + block));
    }

    /** The comment on the line of the key, when the value begins on a later one. */
    private String comment(int afterColon) {
        String rest = text.part(afterColon, text.lineEnd(afterColon));
        int hash = rest.indexOf('#');
        return hash > 0 && rest.substring(0, hash).isBlank() ? rest.stripTrailing() : "";
    }

    /** A key that isn't there. */
    List<Splice> insert(String key, JsonNode value) {
        if (mapping.isFlow()) {
            return insertInFlow(YamlWords.key(key) + ": " + YamlWords.inline(value));
        }
        String line = indent() + YamlWords.key(key) + ":" + YamlWords.afterColon(value, indent(), step(), text.eol());
        Piece last = YamlShape.last(mapping);
        int end = last.isBlockText() && text.isBreak(last.end() - 1) ? last.end() : text.nextLine(shape.contentEnd(last));
        boolean closed = end == 0 || text.isBreak(end - 1);
        return List.of(new Splice(end, end, closed ? line + text.eol() : text.eol() + line));
    }

    private List<Splice> insertInFlow(String pair) {
        if (mapping.entries().isEmpty()) {
            int brace = mapping.end() - 1;
            int blanks = brace;
            while (text.at(blanks - 1) == ' ') {
                blanks--;
            }
            return List.of(new Splice(text.at(blanks - 1) == '{' ? blanks : brace, brace, pair));
        }
        Entry last = mapping.entries().get(mapping.entries().size() - 1);
        int end = last.value().end();
        int comma = text.skip(end);
        boolean hasComma = text.at(comma) == ',';
        int after = hasComma ? comma + 1 : end;
        boolean ownLine = text.isFirstOnLine(last.keyStart()) && text.lineEnd(after) < mapping.end();
        if (!ownLine) {
            return List.of(new Splice(after, after, (hasComma ? " " : ", ") + pair));
        }
        String indent = text.part(text.lineStart(last.keyStart()), last.keyStart());
        int lineEnd = text.lineEnd(after);
        List<Splice> splices = new ArrayList<>();
        splices.add(new Splice(lineEnd, lineEnd, text.eol() + indent + pair));
        if (!hasComma) {
            splices.add(new Splice(end, end, ","));
        }
        return splices;
    }

    /** Takes a key away, one of several unless the mapping is in braces or the root. */
    List<Splice> remove(String key) {
        int index = 0;
        while (!mapping.entries().get(index).key().equals(key)) {
            index++;
        }
        return mapping.isFlow() ? removeFromFlow(index) : removeLines(index);
    }

    private List<Splice> removeLines(int index) {
        Entry entry = mapping.entries().get(index);
        int start = text.lineStart(entry.keyStart());
        if (!text.isFirstOnLine(entry.keyStart())) { // "- a: 1", or "? a"
            return List.of(new Splice(entry.keyStart(), mapping.entries().get(index + 1).keyStart(), ""));
        }
        Piece last = YamlShape.last(entry.value());
        int end = last.isBlockText() && text.isBreak(last.end() - 1) ? last.end()
                : text.nextLine(Math.max(entry.keyEnd(), shape.contentEnd(last)));
        int begin = withOwnComment(start, index);
        int above = text.previousLine(begin);
        boolean afterBlank = above >= 0 && text.line(above).isBlank();
        boolean beforeBlank = end == text.length() || text.line(end).isBlank();
        if (index > 0 && YamlShape.last(mapping.entries().get(index - 1).value()).isBlockText()) {
            while (end < text.length() && text.line(end).isBlank()) { // or they would become the text's
                end = text.nextLine(end);
            }
            return List.of(new Splice(begin, end, ""));
        }
        return List.of(new Splice(afterBlank && beforeBlank ? above : begin, end, ""));
    }

    /** Comment lines right above a key are its own; those at the top of the file are the file's. */
    int withOwnComment(int start, int index) {
        int floor = index == 0 ? mapping.start() : shape.contentEnd(mapping.entries().get(index - 1).value());
        int column = text.line(start).length() - text.line(start).stripLeading().length();
        int begin = start;
        for (int above = text.previousLine(begin); above >= 0; above = text.previousLine(begin)) {
            String line = text.line(above);
            boolean isOwn = line.startsWith("#", column) && line.substring(0, column).isBlank();
            if (!isOwn || index > 0 && above <= floor) {
                return begin;
            }
            if (text.previousLine(above) < 0) {
                return start;
            }
            begin = above;
        }
        return begin;
    }

    private List<Splice> removeFromFlow(int index) {
        Entry entry = mapping.entries().get(index);
        int end = Math.max(entry.keyEnd(), entry.value().end());
        int comma = text.skip(end);
        boolean hasComma = text.at(comma) == ',';
        int after = hasComma ? comma + 1 : end;
        String rest = text.part(after, text.lineEnd(after)).strip();
        if (text.isFirstOnLine(entry.keyStart()) && (rest.isEmpty() || rest.startsWith("#"))) {
            return List.of(new Splice(text.lineStart(entry.keyStart()), text.nextLine(after), ""));
        }
        if (index + 1 < mapping.entries().size()) {
            int next = mapping.entries().get(index + 1).keyStart();
            boolean inLine = text.part(entry.keyStart(), next).indexOf('#') < 0 && text.lineEnd(after) > next;
            return List.of(new Splice(entry.keyStart(), inLine ? next : after, ""));
        }
        if (index > 0) {
            Entry previous = mapping.entries().get(index - 1);
            int from = Math.max(previous.keyEnd(), previous.value().end());
            if (text.part(from, entry.keyStart()).matches("\\s*,\\s*")) {
                return List.of(new Splice(from, end, ""));
            }
        }
        return List.of(new Splice(entry.keyStart(), after, ""));
    }

    private String indent() {
        if (mapping.entries().isEmpty()) {
            return "";
        }
        int first = mapping.entries().get(0).keyStart();
        return " ".repeat(first - text.lineStart(first));
    }

    /** How much deeper the file indents. */
    private String step() {
        Piece root = shape.root();
        for (Entry entry : root.entries()) {
            Piece inner = entry.value();
            if (inner.kind() == Kind.MAPPING && !inner.isFlow() && !inner.entries().isEmpty()) {
                int first = inner.entries().get(0).keyStart();
                int column = first - text.lineStart(first);
                return " ".repeat(Math.max(1, column));
            }
        }
        return "  ";
    }
}
