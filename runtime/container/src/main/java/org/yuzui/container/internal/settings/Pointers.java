package org.yuzui.container.internal.settings;

/** JSON pointers (RFC 6901) by their steps. */
final class Pointers {

    private Pointers() {
    }

    static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
