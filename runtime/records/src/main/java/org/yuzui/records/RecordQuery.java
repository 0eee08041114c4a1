package org.yuzui.records;

import java.time.LocalDate;
import java.util.List;

/**
 * Which records of the store; a null component means any.
 *
 * @param key     exactly
 * @param unit    exactly
 * @param fromDay {@code x-date} on or after
 * @param toDay   {@code x-date} on or before
 * @param where   further conditions, all of which must hold
 * @param among   which contents of a key are looked at
 * @param give    what is answered for a key of which one matches
 */
public record RecordQuery(String contract, String key, String unit, LocalDate fromDay, LocalDate toDay,
                          List<Condition> where, Among among, Give give) {

    /** Only the newest content of each key, or any of them. */
    public enum Among { LATEST, ANY }

    /** Only what matches, or every content of the keys that match. */
    public enum Give { MATCHES, HISTORY }

    /** Comparison of texts. */
    public enum Op { EQ, NE, LT, LE, GT, GE }

    /**
     * A condition on a field of {@code x-index}.
     *
     * @param field dotted path: {@code dischargedOn}; or {@code unit}, {@code key} or {@code day}, which every record has
     * @param value compared as text; dates and date-times in ISO form compare by time
     */
    public record Condition(String field, Op op, String value) {
    }

    /** The newest content of each key. */
    public static RecordQuery of(String contract) {
        return new RecordQuery(contract, null, null, null, null, List.of(), Among.LATEST, Give.MATCHES);
    }

    public static RecordQuery byDay(String contract, LocalDate day) {
        return new RecordQuery(contract, null, null, day, day, List.of(), Among.LATEST, Give.MATCHES);
    }

    public static RecordQuery byKey(String contract, String key) {
        return new RecordQuery(contract, key, null, null, null, List.of(), Among.LATEST, Give.MATCHES);
    }

    public RecordQuery ofUnit(String code) {
        return new RecordQuery(contract, key, code, fromDay, toDay, where, among, give);
    }

    public RecordQuery where(List<Condition> conditions) {
        return new RecordQuery(contract, key, unit, fromDay, toDay, List.copyOf(conditions), among, give);
    }

    public RecordQuery among(Among newAmong, Give newGive) {
        return new RecordQuery(contract, key, unit, fromDay, toDay, where, newAmong, newGive);
    }
}
