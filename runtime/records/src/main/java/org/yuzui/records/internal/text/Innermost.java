package org.yuzui.records.internal.text;

/** What went wrong, as an operator reads it. */
public final class Innermost {

    private static final int LONGEST = 500;

    private Innermost() {
    }

    /** The innermost message, on one line: routes wrap it several times. */
    public static String sentence(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String line = message.replaceAll("[\\s\\p{Cntrl}]+", " "); // no text of the database can hold U+0000
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
