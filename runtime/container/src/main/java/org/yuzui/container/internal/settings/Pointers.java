package org.yuzui.container.internal.settings;

import java.util.ArrayList;
import java.util.List;

/** JSON pointers (RFC 6901) by their steps, and the dotted paths that people see. */
final class Pointers {

    private Pointers() {
    }

    static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    static String of(List<String> steps) {
        String pointer = "";
        for (String step : steps) {
            pointer = child(pointer, step);
        }
        return pointer;
    }

    static List<String> steps(String pointer) {
        List<String> steps = new ArrayList<>();
        if (!pointer.isEmpty()) {
            for (String step : pointer.substring(1).split("/", -1)) {
                steps.add(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return steps;
    }

    static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    /** {@code /listen/port → listen.port}. */
    static String dotted(String pointer) {
        return String.join(".", steps(pointer));
    }

    /** {@code listen.port → /listen/port}; a key with a dot in it can't be named so. */
    static String fromDotted(String path) {
        return of(List.of(path.split("\\.", -1)));
    }
}
