package org.yuzui.reporting.internal.rollup;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Indicator.Kind;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the answers below one unit add up to in one period, so that one of them can be taken out again: each part with how many
 * answers have it. The greatest can't be taken out; who does so is told which parts have to be looked up.
 */
final class Accumulated {

    private final Map<String, Part> parts = new HashMap<>();
    private int received;

    /** @param answers how many have it */
    record Part(BigDecimal value, int answers) {
    }

    Map<String, Part> parts() {
        return parts;
    }

    int received() {
        return received;
    }

    void received(int number) {
        received = number;
    }

    /** Codes whose greatest counts. */
    static Set<String> greatest(Form form) {
        Set<String> codes = new HashSet<>();
        form.indicators().stream().filter(i -> i.kind() == Kind.MAX).map(Indicator::code).forEach(codes::add);
        return codes;
    }

    /** Codes that have no total. */
    static Set<String> alone(Form form) {
        Set<String> codes = new HashSet<>();
        form.indicators().stream().filter(i -> i.kind() == Kind.CHOICE).map(Indicator::code).forEach(codes::add);
        return codes;
    }

    void add(String key, BigDecimal value, int answers, boolean max) {
        parts.merge(key, new Part(value, answers), (a, b) -> new Part(max ? a.value.max(b.value) : a.value.add(b.value),
                a.answers + b.answers));
    }

    void add(Sums sums, Set<String> greatest, Set<String> alone) {
        received++;
        sums.parts().forEach((key, value) -> {
            if (!alone.contains(key)) {
                add(key, value, 1, greatest.contains(key));
            }
        });
    }

    void add(Accumulated other, Set<String> greatest) {
        received += other.received;
        other.parts.forEach((key, part) -> add(key, part.value, part.answers, greatest.contains(key)));
    }

    /**
     * Puts one unit's newer answer in the place of its older.
     *
     * @param before null for a first answer
     * @return parts of which another answer may be the greatest now
     */
    Set<String> replace(Sums before, Sums after, Set<String> greatest, Set<String> alone) {
        Set<String> unsure = new HashSet<>();
        if (before != null) {
            received--;
            before.parts().forEach((key, value) -> {
                if (!alone.contains(key)) {
                    take(key, value, greatest.contains(key), unsure);
                }
            });
        }
        add(after, greatest, alone);
        unsure.removeIf(key -> {
            BigDecimal now = after.parts().get(key);
            return !parts.containsKey(key) || now != null && now.compareTo(before.parts().get(key)) >= 0;
        });
        return unsure;
    }

    private void take(String key, BigDecimal value, boolean max, Set<String> unsure) {
        Part part = parts.get(key);
        if (part == null || part.answers == 1) {
            parts.remove(key);
        } else if (max) {
            parts.put(key, new Part(part.value, part.answers - 1));
            if (part.value.compareTo(value) <= 0) {
                unsure.add(key);
            }
        } else {
            parts.put(key, new Part(part.value.subtract(value), part.answers - 1));
        }
    }

    void greatestIs(String key, BigDecimal value) {
        parts.computeIfPresent(key, (k, part) -> new Part(value, part.answers));
    }

    Sums sums(Form form) {
        Map<String, BigDecimal> values = new HashMap<>();
        parts.forEach((key, part) -> values.put(key, part.value));
        return new Sums(form, values);
    }
}
