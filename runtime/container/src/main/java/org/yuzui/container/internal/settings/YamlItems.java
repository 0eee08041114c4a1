package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.container.internal.settings.YamlShape.Piece;

import java.util.ArrayList;
import java.util.List;

/** The items of a block list, each on lines of its own: those that stay keep their lines and comments. */
final class YamlItems {

    private final YamlLines text;
    private final YamlShape shape;
    private final Piece list;

    YamlItems(YamlLines text, YamlShape shape, Piece list) {
        this.text = text;
        this.shape = shape;
        this.list = list;
    }

    /** @return false when the list isn't written in that way, or none of its items stays; nothing is changed then */
    boolean replace(JsonNode now, JsonNode then) {
        if (list.isFlow() || list.entries().isEmpty() || then.isEmpty() || now.size() != list.entries().size()) {
            return false;
        }
        int same = 0;
        while (same < Math.min(now.size(), then.size()) && now.get(same).equals(then.get(same))) {
            same++;
        }
        int sameEnd = 0;
        while (sameEnd < Math.min(now.size(), then.size()) - same
                && now.get(now.size() - 1 - sameEnd).equals(then.get(then.size() - 1 - sameEnd))) {
            sameEnd++;
        }
        List<Integer> dashes = dashes();
        if (dashes == null || same + sameEnd == 0) {
            return false;
        }
        int gone = now.size() - sameEnd;
        int from = same < gone ? begin(dashes, same) : end(same - 1, dashes);
        int to = same < gone ? end(gone - 1, dashes) : from;
        String indent = text.part(text.lineStart(dashes.get(0)), dashes.get(0));
        StringBuilder lines = new StringBuilder();
        boolean open = from > 0 && !text.isBreak(from - 1);
        for (int i = same; i < then.size() - sameEnd; i++) {
            String line = indent + "- " + YamlWords.inline(then.get(i));
            lines.append(open ? text.eol() + line : line + text.eol());
        }
        text.splice(from, to, lines.toString());
        return true;
    }

    private int end(int item, List<Integer> dashes) {
        if (item < 0) {
            return begin(dashes, 0);
        }
        Piece value = list.entries().get(item).value();
        Piece last = YamlShape.last(value);
        return last.isBlockText() && text.isBreak(last.end() - 1) ? last.end()
                : text.nextLine(Math.max(dashes.get(item), shape.contentEnd(value)));
    }

    /** With the comment lines right above it. */
    private int begin(List<Integer> dashes, int item) {
        int begin = text.lineStart(dashes.get(item));
        int column = dashes.get(item) - begin;
        int floor = item == 0 ? list.start() : shape.contentEnd(list.entries().get(item - 1).value());
        for (int above = text.previousLine(begin); above > floor; above = text.previousLine(begin)) {
            if (!text.line(above).startsWith("#", column) || !text.line(above).substring(0, column).isBlank()) {
                break;
            }
            begin = above;
        }
        return begin;
    }

    /** Where each item's dash is; null when one has no line of its own. */
    private List<Integer> dashes() {
        List<Integer> dashes = new ArrayList<>();
        int from = list.start();
        for (YamlShape.Entry item : list.entries()) {
            int dash = text.skip(from);
            while (text.at(dash) == '&' || text.at(dash) == '!') {
                while (dash < text.length() && !Character.isWhitespace(text.at(dash))) {
                    dash++;
                }
                dash = text.skip(dash);
            }
            if (text.at(dash) != '-' || !text.isFirstOnLine(dash)) {
                return null;
            }
            dashes.add(dash);
            from = Math.max(dash + 1, shape.contentEnd(item.value()));
        }
        return dashes;
    }
}
