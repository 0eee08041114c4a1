package org.yuzui.reporting.internal.review;

import org.yuzui.reporting.Exemption;
import org.yuzui.reporting.Lock;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The exceptions of one period that count: of each unit and kind the newest, unless it takes the one before back. */
final class Exemptions {

    private final Map<String, Map<Exemption.Kind, Exemption>> byUnit = new HashMap<>();

    /** @param all in their order */
    Exemptions(List<Exemption> all) {
        all.forEach(e -> byUnit.computeIfAbsent(e.unit(), u -> new EnumMap<>(Exemption.Kind.class)).put(e.kind(), e));
    }

    /** Null when there is none. */
    Exemption valid(String unit, Exemption.Kind kind) {
        Exemption newest = byUnit.getOrDefault(unit, Map.of()).get(kind);
        return newest != null && newest.valid() ? newest : null;
    }

    /**
     * The lock that keeps a unit out: its own or of one above it, unless it was opened for this unit.
     *
     * @param all in their order
     * @return null when it may hand in
     */
    Lock lockOf(String unit, List<Lock> all, Units units, Instant now) {
        Exemption opened = valid(unit, Exemption.Kind.OPENED);
        if (opened != null && (opened.until() == null || !now.isAfter(opened.until()))) {
            return null;
        }
        Map<String, Lock> locks = new HashMap<>();
        all.forEach(l -> locks.put(l.unit(), l));
        String at = unit;
        while (at != null) {
            Lock lock = locks.get(at);
            if (lock != null && lock.locked()) {
                return lock;
            }
            at = units.find(at).map(Unit::parent).orElse(null);
        }
        return null;
    }
}
