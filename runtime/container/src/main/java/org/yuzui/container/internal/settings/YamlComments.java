package org.yuzui.container.internal.settings;

import org.yuzui.container.internal.settings.YamlShape.Entry;
import org.yuzui.container.internal.settings.YamlShape.Kind;
import org.yuzui.container.internal.settings.YamlShape.Piece;

import java.util.ArrayList;
import java.util.List;

/**
 * The comments that are a key's own: the lines right above it and the end of its line.
 *
 * @param above without indentation
 * @param after with its {@code #}; empty when there is none
 */
record YamlComments(List<String> above, String after) {

    static YamlComments of(YamlLines text, YamlShape shape, List<String> steps) {
        Piece mapping = shape.at(steps.subList(0, steps.size() - 1));
        Entry entry = mapping.entry(steps.get(steps.size() - 1));
        if (mapping.isFlow() || !text.isFirstOnLine(entry.keyStart())) {
            return new YamlComments(List.of(), "");
        }
        List<String> above = new ArrayList<>();
        int line = text.lineStart(entry.keyStart());
        int begin = new YamlEntries(text, shape, mapping).withOwnComment(line, mapping.entries().indexOf(entry));
        for (int at = begin; at < line; at = text.nextLine(at)) {
            above.add(text.line(at).strip());
        }
        return new YamlComments(above, entry.value().kind() == Kind.SCALAR && !entry.value().isBlockText()
                ? end(text, shape.contentEnd(entry.value())) : "");
    }

    private static String end(YamlLines text, int from) {
        String rest = text.part(from, text.lineEnd(from)).strip();
        return rest.startsWith("#") ? rest : "";
    }

    /** Where the key stands inside braces there is no room for them. */
    void put(YamlLines text, YamlShape shape, List<String> steps) {
        Piece mapping = shape.at(steps.subList(0, steps.size() - 1));
        Entry entry = mapping.entry(steps.get(steps.size() - 1));
        if (mapping.isFlow() || !text.isFirstOnLine(entry.keyStart())) {
            return;
        }
        if (!after.isEmpty()) {
            int end = shape.contentEnd(entry.value());
            text.splice(end, end, "  " + after);
        }
        int line = text.lineStart(entry.keyStart());
        String indent = text.part(line, entry.keyStart());
        StringBuilder lines = new StringBuilder();
        above.forEach(c -> lines.append(indent).append(c).append(text.eol()));
        text.splice(line, line, lines.toString());
    }
}
