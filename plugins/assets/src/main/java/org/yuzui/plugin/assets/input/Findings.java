package org.yuzui.plugin.assets.input;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong; the first hundred are kept, all are counted. Not thread-safe. */
public final class Findings {

    private static final int MOST = 100;
    private static final int IN_MESSAGE = 5;
    private static final int LONGEST_VALUE = 40;

    private final List<Finding> findings = new ArrayList<>();
    private int count;

    public void add(String code, String place, String field, String value, String message) {
        count++;
        if (findings.size() < MOST) {
            String shown = value == null || value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
            findings.add(new Finding(code, place, field, shown, message));
        }
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public int count() {
        return count;
    }

    /** @param what {@code file} or {@code call} */
    public void throwIfAny(String what) {
        if (count == 0) {
            return;
        }
        StringBuilder text = new StringBuilder("The ").append(what).append(" is refused whole, ").append(count)
                .append(count == 1 ? " finding: " : " findings: ");
        findings.stream().limit(IN_MESSAGE).forEach(f -> text.append(f.sentence()).append(' '));
        throw new BadInput(findings, count, text.append(count > IN_MESSAGE ? "…" : "").toString().strip());
    }
}
