package org.yuzui.plugin.energy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A meter's day: the differences of its cumulative readings. A difference counts on the day on which it ends, so that days
 * add up to the whole and nothing counts twice. What can't be a consumption is flagged and not counted.
 */
final class MeterDay {

    private static final Duration SLOT = Duration.ofMinutes(15);
    private static final BigDecimal NEARLY_FULL = new BigDecimal("0.9");
    private static final BigDecimal NEARLY_EMPTY = new BigDecimal("0.1");

    /** A cumulative reading. */
    record Reading(OffsetDateTime at, BigDecimal value, String serial) {
    }

    /**
     * What is wrong between two readings.
     *
     * @param flag  {@code gap, rollover, reset, meter-change}
     * @param slots readings that are missing between them
     */
    record Flag(String flag, OffsetDateTime from, OffsetDateTime to, long slots, BigDecimal before, BigDecimal after) {
    }

    /**
     * When night is.
     *
     * @param from such as 23:00
     * @param to   such as 05:00
     */
    record Night(LocalTime from, LocalTime to, ZoneId zone) {

        /** Whether all of the time between two readings is night, which is less than a day long. */
        boolean covers(OffsetDateTime begin, OffsetDateTime end) {
            LocalTime first = begin.atZoneSameInstant(zone).toLocalTime();
            boolean over = from.isAfter(to); // midnight
            Duration length = Duration.between(from, to).plus(over ? Duration.ofDays(1) : Duration.ZERO);
            Duration into = since(first);
            return into.compareTo(length) < 0 && into.plus(Duration.between(begin, end)).compareTo(length) <= 0;
        }

        private Duration since(LocalTime time) {
            Duration since = Duration.between(from, time);
            return since.isNegative() ? since.plusDays(1) : since;
        }
    }

    private final OffsetDateTime begin;
    private final OffsetDateTime end;
    private final BigDecimal capacity;
    private final TreeMap<OffsetDateTime, Reading> readings = new TreeMap<>(java.util.Comparator.comparing(OffsetDateTime::toInstant));
    private final List<Flag> flags = new ArrayList<>();
    private BigDecimal consumption = BigDecimal.ZERO;
    private BigDecimal night = BigDecimal.ZERO;

    /**
     * @param begin    midnight
     * @param end      the next one
     * @param capacity where the counter begins again; null when it isn't known
     */
    MeterDay(OffsetDateTime begin, OffsetDateTime end, BigDecimal capacity) {
        this.begin = begin;
        this.end = end;
        this.capacity = capacity;
    }

    /** In any order; of two at one time the later given counts. */
    void add(Reading reading) {
        if (!reading.at().isAfter(end)) {
            readings.put(reading.at(), reading);
        }
    }

    /** Whether it is known what the meter showed when the day began. */
    boolean hasBegin() {
        return !readings.isEmpty() && !readings.firstKey().isAfter(begin);
    }

    MeterDay count(Night nights) {
        Reading before = null;
        for (Reading reading : readings.values()) {
            if (before != null && reading.at().isAfter(begin)) {
                between(before, reading, nights);
            }
            before = reading;
        }
        if (before == null || before.at().isBefore(begin)) {
            flags.add(new Flag("gap", begin, end, slots(begin, end) + 1, null, null));
        } else {
            if (readings.firstKey().isAfter(begin)) {
                flags.add(new Flag("gap", begin, readings.firstKey(), slots(begin, readings.firstKey()) + 1, null, readings.firstEntry().getValue().value()));
            }
            if (before.at().isBefore(end)) {
                flags.add(new Flag("gap", before.at(), end, slots(before.at(), end) + 1, before.value(), null));
            }
        }
        return this;
    }

    private void between(Reading a, Reading b, Night nights) {
        long missing = slots(a.at(), b.at());
        if (missing > 0) {
            flags.add(new Flag("gap", a.at(), b.at(), missing, a.value(), b.value()));
        }
        BigDecimal difference = b.value().subtract(a.value());
        if (!a.serial().equals(b.serial())) {
            flags.add(new Flag("meter-change", a.at(), b.at(), missing, a.value(), b.value()));
            return;
        }
        if (difference.signum() < 0) {
            boolean rolled = capacity != null && a.value().compareTo(capacity.multiply(NEARLY_FULL)) >= 0
                    && a.value().compareTo(capacity) < 0 && b.value().compareTo(capacity.multiply(NEARLY_EMPTY)) <= 0;
            flags.add(new Flag(rolled ? "rollover" : "reset", a.at(), b.at(), missing, a.value(), b.value()));
            if (!rolled) {
                return;
            }
            difference = difference.add(capacity);
        }
        consumption = consumption.add(difference);
        if (nights.covers(a.at(), b.at())) {
            night = night.add(difference);
        }
    }

    private static long slots(OffsetDateTime from, OffsetDateTime to) {
        return Math.max(0, (Duration.between(from, to).toSeconds() - 1) / SLOT.toSeconds());
    }

    BigDecimal consumption() {
        return consumption;
    }

    BigDecimal night() {
        return night;
    }

    List<Flag> flags() {
        return flags;
    }

    /** Whether every quarter of the day was read, and nothing had to be left out. A rollover leaves nothing out. */
    boolean complete() {
        return flags.stream().allMatch(f -> f.flag().equals("rollover"));
    }
}
