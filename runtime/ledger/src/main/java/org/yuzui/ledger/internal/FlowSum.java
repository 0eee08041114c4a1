package org.yuzui.ledger.internal;

import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** What some hops of one flow add up to, in whatever order they come. */
final class FlowSum {

    /** It is a record: something arrived that was not refused, or a subscription had it. */
    static final int ENTERED = 1;
    /** The record store or a subscription has ended well with it. */
    static final int ENDED = 2;
    static final int REFUSED = 4;
    static final int IGNORED = 8;
    /** A subscription failed with it, perhaps not for good: only all its hops together tell how it stands. */
    static final int TROUBLED = 16;
    /** Somebody dealt with it; again only all its hops tell whether that was the last word. */
    static final int SETTLED = 32;

    private static final long[] NO_TERMS = {};

    final UUID id;
    /** Days, as the earliest hop says. */
    int keep;
    int marks;
    int hops;
    int arrivals;
    long size;
    Instant firstAt;
    Instant lastAt;
    String contract;
    String key;
    String unit;
    /** What it is found by: see {@link Terms}. */
    private long[] terms = NO_TERMS;
    /** The earliest arrival; null when none of the hops is one. */
    Hop arrival;
    /** The latest hop that says why something went wrong, or was ignored. */
    Hop failure;

    FlowSum(UUID id) {
        this.id = id;
    }

    void add(TrailHop trailHop) {
        Hop hop = trailHop.hop();
        for (long term : trailHop.terms()) {
            add(term);
        }
        hops++;
        marks |= mark(hop.kind());
        size = Math.max(size, hop.size());
        if (firstAt == null || hop.at().isBefore(firstAt)) {
            firstAt = hop.at();
            keep = hop.keep();
        }
        lastAt = lastAt == null || hop.at().isAfter(lastAt) ? hop.at() : lastAt;
        contract = contract == null ? hop.contract() : contract;
        key = key == null ? hop.key() : key;
        unit = unit == null ? hop.unit() : unit;
        if (arrives(hop.kind())) {
            arrivals++;
            if (hop.parent() != null) {
                add(Terms.madeFrom(hop.parent()));
            }
            if (arrival == null || hop.at().isBefore(arrival.at())) {
                arrival = hop;
            }
        }
        if (tellsWhy(hop.kind()) && (failure == null || !hop.at().isBefore(failure.at()))) {
            failure = hop;
        }
    }

    private void add(long term) {
        for (long known : terms) {
            if (known == term) {
                return;
            }
        }
        terms = Arrays.copyOf(terms, terms.length + 1);
        terms[terms.length - 1] = term;
    }

    /** Each once. */
    long[] terms() {
        return terms;
    }

    /** As far as marks tell; of a troubled flow the subscriptions' latest hops decide. */
    FlowStatus status() {
        if ((marks & ENDED) != 0) {
            return FlowStatus.DELIVERED;
        }
        if ((marks & (ENTERED | TROUBLED)) != 0) {
            return FlowStatus.ACCEPTED;
        }
        return (marks & REFUSED) != 0 ? FlowStatus.REFUSED : FlowStatus.IGNORED;
    }

    private static int mark(HopKind kind) {
        return switch (kind) {
            case RECEIVED, PUBLISHED, DUPLICATE -> ENTERED;
            case STORED, DELIVERED, FILTERED -> ENTERED | ENDED;
            case RETRIED, DEAD -> ENTERED | TROUBLED;
            case REFUSED -> REFUSED;
            case IGNORED -> IGNORED;
            case REPLAYED, MENDED, DISMISSED -> SETTLED;
        };
    }

    private static boolean arrives(HopKind kind) {
        return switch (kind) {
            case RECEIVED, PUBLISHED, DUPLICATE, REFUSED, IGNORED -> true;
            case STORED, DELIVERED, RETRIED, DEAD, REPLAYED, MENDED, DISMISSED, FILTERED -> false;
        };
    }

    private static boolean tellsWhy(HopKind kind) {
        return switch (kind) {
            case REFUSED, RETRIED, DEAD, IGNORED -> true;
            case RECEIVED, PUBLISHED, DUPLICATE, STORED, DELIVERED, REPLAYED, MENDED, DISMISSED, FILTERED -> false;
        };
    }
}
