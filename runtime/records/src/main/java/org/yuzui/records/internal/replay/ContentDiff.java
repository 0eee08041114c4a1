package org.yuzui.records.internal.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.yuzui.records.DryRun.Difference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two contents differ, by JSON pointers (RFC 6901); items of lists are compared by their places. */
final class ContentDiff {

    private static final int MOST = 500;

    private final List<Difference> found = new ArrayList<>();

    private ContentDiff() {
    }

    static List<Difference> between(JsonNode before, JsonNode after) {
        if (before == null || after == null) {
            return List.of();
        }
        ContentDiff diff = new ContentDiff();
        diff.compare("", before, after);
        return List.copyOf(diff.found);
    }

    private void compare(String pointer, JsonNode before, JsonNode after) {
        if (found.size() >= MOST) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), before.path(name), after.path(name)));
        } else if (before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(pointer + "/" + i, before.path(i), after.path(i));
            }
        } else if (!isSame(before, after)) {
            found.add(new Difference(pointer, orNull(before), orNull(after)));
        }
    }

    /** 1 and 1.0 are the same number. */
    private static boolean isSame(JsonNode before, JsonNode after) {
        return before.isNumber() && after.isNumber() ? before.decimalValue().compareTo(after.decimalValue()) == 0 : before.equals(after);
    }

    private static JsonNode orNull(JsonNode node) {
        return node instanceof MissingNode ? null : node;
    }
}
