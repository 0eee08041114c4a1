package org.yuzui.reporting.internal.review;

import org.yuzui.reporting.Due;
import org.yuzui.reporting.Exemption;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Review;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Standing.State;
import org.yuzui.reporting.Units;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Works out from the facts of one period where each unit stands. */
final class Standings {

    private final Form form;
    private final Units then;
    private final Units units;
    private final Due due;
    private final Instant now;
    private final Facts.OfPeriod facts;
    private final Exemptions exemptions;
    private final Map<String, List<String>> chains;

    /**
     * @param then   the tree of the period
     * @param units  today's
     * @param due    of everybody who has no extension
     * @param chains of the units that were asked for before; filled on
     */
    Standings(Facts.OfPeriod facts, Form form, Units then, Units units, Due due, Instant now, Map<String, List<String>> chains) {
        this.facts = facts;
        this.form = form;
        this.then = then;
        this.units = units;
        this.due = due;
        this.now = now;
        this.exemptions = facts.exemptions();
        this.chains = chains;
    }

    Standing of(String unit) {
        Exemption extended = exemptions.valid(unit, Exemption.Kind.EXTENDED);
        Due until = extended == null ? due : new Due(extended.until(), null);
        Facts.Answers answer = facts.answers.get(unit);
        Instant drafted = facts.drafts.get(unit);
        if (answer == null) {
            boolean past = until.isPast(now);
            State state = exemptions.valid(unit, Exemption.Kind.EXCUSED) != null ? State.EXCUSED : past ? State.MISSING
                    : drafted != null ? State.DRAFT : State.OPEN;
            return new Standing(unit, state, until, state == State.MISSING, 0, null, null, null, null, drafted);
        }
        List<Review> said = facts.reviews.getOrDefault(unit, List.of());
        Review returned = lastReturn(said, answer.version());
        boolean late = until.isPast(answer.firstAt()) || said.stream()
                .anyMatch(r -> !r.accepted() && answer.version() > r.version() && answeredLate(r, answer, said));
        if (returned != null) {
            return new Standing(unit, State.RETURNED, until, late || now.isAfter(returned.due()), answer.version(), answer.firstAt(),
                    answer.at(), null, returned.due(), drafted);
        }
        String next = next(unit, answer.version(), said);
        return new Standing(unit, next == null ? State.ACCEPTED : State.IN_REVIEW, until, late, answer.version(), answer.firstAt(),
                answer.at(), next, null, drafted);
    }

    /** Whether the answer to the last return, the version after it, came after its deadline; earlier returns are history. */
    private static boolean answeredLate(Review returned, Facts.Answers answer, List<Review> said) {
        boolean last = said.stream().noneMatch(r -> !r.accepted() && r.id() > returned.id());
        return last && answer.times().get(returned.version()).isAfter(returned.due());
    }

    private static Review lastReturn(List<Review> said, int version) {
        return said.stream().filter(r -> r.version() == version && !r.accepted()).reduce((a, b) -> b).orElse(null);
    }

    /** Whose turn it is; null when all have accepted. */
    private String next(String unit, int version, List<Review> said) {
        return chains.computeIfAbsent(unit, u -> Chain.of(form, then, units, u)).stream().filter(reviewer -> said.stream()
                .noneMatch(r -> r.version() == version && r.accepted() && units.successor(r.reviewer()).equals(reviewer)))
                .findFirst().orElse(null);
    }
}
