package org.yuzui.plugin.kindergarten;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a round was walked, as far as no rule has a say: when each point was passed first, whether it was its turn, and how
 * long after the point before.
 */
final class Walk {

    private static final BigDecimal SECONDS = BigDecimal.valueOf(60);

    /**
     * A point of a round.
     *
     * @param passedAt   null when it was not passed
     * @param inOrder    false for the fewest points without which the others were passed in the plan's order
     * @param gapMinutes since the point before, when both were passed in order; else null
     */
    record Step(String point, OffsetDateTime passedAt, boolean inOrder, BigDecimal gapMinutes) {
    }

    /** Somebody passed a point. */
    record Pass(String point, OffsetDateTime at) {
    }

    private Walk() {
    }

    /** The steps of a round in the plan's order; passes may be any, in any order. */
    static List<Step> of(Plan.Due due, List<Pass> passes) {
        Map<String, OffsetDateTime> first = new HashMap<>();
        for (Pass pass : passes) {
            Instant at = pass.at().toInstant();
            if (!at.isBefore(due.opens()) && !at.isAfter(due.ends())) {
                first.merge(pass.point(), pass.at(), (a, b) -> a.toInstant().isAfter(b.toInstant()) ? b : a);
            }
        }
        List<String> points = due.plan().points();
        boolean[] inOrder = inOrder(points, first);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            OffsetDateTime at = first.get(points.get(i));
            boolean follows = i > 0 && inOrder[i] && inOrder[i - 1] && at != null && first.containsKey(points.get(i - 1));
            steps.add(new Step(points.get(i), at, at == null || inOrder[i], follows ? minutes(first.get(points.get(i - 1)), at) : null));
        }
        return steps;
    }

    /** The longest part of the walk that kept the order; of several the one that was passed first. */
    private static boolean[] inOrder(List<String> points, Map<String, OffsetDateTime> first) {
        List<Integer> walked = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (first.containsKey(points.get(i))) {
                walked.add(i);
            }
        }
        walked.sort(Comparator.comparing((Integer i) -> first.get(points.get(i)).toInstant()).thenComparing(i -> i));
        int n = walked.size();
        int[] length = new int[n];
        int[] before = new int[n];
        int best = -1;
        for (int i = 0; i < n; i++) {
            length[i] = 1;
            before[i] = -1;
            for (int j = 0; j < i; j++) {
                if (walked.get(j) < walked.get(i) && length[j] + 1 > length[i]) {
                    length[i] = length[j] + 1;
                    before[i] = j;
                }
            }
            if (best < 0 || length[i] > length[best]) {
                best = i;
            }
        }
        boolean[] kept = new boolean[points.size()];
        Arrays.fill(kept, false);
        for (int i = best; i >= 0; i = before[i]) {
            kept[walked.get(i)] = true;
        }
        return kept;
    }

    private static BigDecimal minutes(OffsetDateTime from, OffsetDateTime to) {
        return BigDecimal.valueOf(Duration.between(from, to).toSeconds()).divide(SECONDS, 2, RoundingMode.HALF_UP);
    }
}
