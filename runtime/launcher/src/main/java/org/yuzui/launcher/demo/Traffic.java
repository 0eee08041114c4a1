package org.yuzui.launcher.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Days of traffic of some hospitals. The same arguments give the same messages, byte by byte: nothing comes from a clock,
 * and a visit depends only on the seed and its own number, so that a larger count begins with the visits of a smaller one.
 */
public final class Traffic {

    /** A visit is told by at most this many messages, with all kinds of them by so many more. */
    private static final int LONGEST_VISIT = 9;
    private static final int MORE_KINDS = 4;

    private final Plan plan;
    private final List<Visit> visits = new ArrayList<>();
    private final List<VisitEvent> events = new ArrayList<>();

    /**
     * @param from  the first day
     * @param to    the last day; the busiest, about twice as many visits begin on it as on another
     * @param count exactly so many messages
     * @param allKinds also orders, appointments, charges, and visits that are registered twice and merged; without them ADT and results
     */
    public record Plan(List<Hospital> hospitals, LocalDate from, LocalDate to, int count, long seed, boolean allKinds) {
        public Plan(List<Hospital> hospitals, LocalDate from, LocalDate to, int count, long seed) {
            this(hospitals, from, to, count, seed, false);
        }

        public Plan {
            if (hospitals.isEmpty()) {
                throw new IllegalArgumentException("There is no hospital to send for.");
            }
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("The last day " + to + " is before the first day " + from + ".");
            }
            if (count < 0) {
                throw new IllegalArgumentException("The count " + count + " is negative.");
            }
        }

        int days() {
            return (int) (to.toEpochDay() - from.toEpochDay()) + 1;
        }
    }

    public Traffic(Plan plan) {
        this.plan = plan;
        int weights = plan.hospitals().stream().mapToInt(Hospital::weight).sum();
        for (int n = 0; events.size() < plan.count(); n++) {
            SplittableRandom dice = new SplittableRandom(plan.seed() * 1_000_003L + n);
            Hospital hospital = pick(dice.nextInt(weights));
            int slot = dice.nextInt(plan.days() + 1);
            LocalDate day = plan.from().plusDays(Math.min(slot, plan.days() - 1));
            boolean room = plan.count() - events.size() >= LONGEST_VISIT + (plan.allKinds() ? MORE_KINDS : 0);
            Visit visit = room && dice.nextInt(100) < 36
                    ? stay(hospital, day, n, dice)
                    : call(hospital, day, n, room, dice);
            if (plan.allKinds() && room) {
                moreKinds(visit, new SplittableRandom(plan.seed() * 1_000_003L + n + 0x9E3779B97F4A7C15L));
            }
            visits.add(visit);
            events.addAll(visit.events);
        }
        // One visit's events are in order already; the sort is stable, so they stay so within the same second.
        events.sort(Comparator.comparing(VisitEvent::at));
    }

    public int size() {
        return events.size();
    }

    /** The messages in the order of their time, dealt out so that all of one visit go to the same connection. */
    public List<List<Outgoing>> lanes(int connections) {
        List<List<Outgoing>> lanes = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            lanes.add(new ArrayList<>(events.size() / connections + 16));
        }
        for (VisitEvent event : events) {
            lanes.get(Math.floorMod(event.visit().number.hashCode() * 0x9E3779B9, connections))
                    .add(new EventMessage(event));
        }
        return lanes;
    }

    public Expectation expectation() {
        return Expectation.of(plan, visits);
    }

    private Hospital pick(int ball) {
        int rest = ball;
        for (Hospital hospital : plan.hospitals()) {
            rest -= hospital.weight();
            if (rest < 0) {
                return hospital;
            }
        }
        throw new IllegalStateException("The weights do not add up.");
    }

    /** An outpatient's visit: registered, sometimes corrected, sometimes with a result. */
    private Visit call(Hospital hospital, LocalDate day, int n, boolean room, SplittableRandom dice) {
        LocalDateTime begun = day.atTime(8, 0).plusSeconds(dice.nextInt(9 * 3600));
        // Where only a few messages are left, a shorter form of the visit needs a number of its own: a larger count tells
        // the visit with this number in full.
        String number = number(room ? "MZ" : "MX", day, n);
        Visit visit = new Visit(hospital, number, false, person(n), begun);
        visit.then(Visit.Kind.A04, begun);
        if (room) {
            int chance = dice.nextInt(100);
            if (chance < 6) {
                visit.then(Visit.Kind.A08, begun.plusSeconds(60 + dice.nextInt(600)));
            }
            if (chance > 84) {
                visit.then(Visit.Kind.R01, begun.plusSeconds(1800 + dice.nextInt(7200)));
            }
        }
        return visit;
    }

    /** An inpatient's stay of up to six days; what lies after the window has not happened yet. */
    private Visit stay(Hospital hospital, LocalDate day, int n, SplittableRandom dice) {
        LocalDateTime begun = day.atTime(8, 30).plusSeconds(dice.nextInt(12 * 3600));
        LocalDateTime close = plan.to().plusDays(1).atStartOfDay();
        Visit visit = new Visit(hospital, number("ZY", day, n), true, person(n), begun);
        visit.then(Visit.Kind.A01, begun);
        if (dice.nextInt(100) < 3) {
            until(close, visit, Visit.Kind.A11, begun.plusSeconds(300 + dice.nextInt(3600)));
            return visit;
        }
        LocalDateTime left = begun.plusHours(6 + dice.nextInt(5 * 24 + 12)).plusSeconds(dice.nextInt(3600));
        long minutes = java.time.Duration.between(begun, left).toMinutes();
        if (dice.nextInt(100) < 30) {
            until(close, visit, Visit.Kind.A08, begun.plusMinutes(minutes / 8));
        }
        if (dice.nextInt(100) < 40) {
            until(close, visit, Visit.Kind.R01, begun.plusMinutes(minutes / 4));
        }
        if (dice.nextInt(100) < 22) {
            until(close, visit, Visit.Kind.A02, begun.plusMinutes(minutes / 3));
        }
        if (dice.nextInt(100) < 15) {
            until(close, visit, Visit.Kind.R01, begun.plusMinutes(minutes / 2));
        }
        until(close, visit, Visit.Kind.A03, left);
        if (dice.nextInt(100) < 3) {
            until(close, visit, Visit.Kind.A13, left.plusMinutes(20 + dice.nextInt(60)));
            until(close, visit, Visit.Kind.A03, left.plusHours(18 + dice.nextInt(12)));
        }
        return visit;
    }

    /**
     * What else is told of a visit. Nothing of it changes the figures of a day: a second registration is merged into the first.
     */
    private void moreKinds(Visit visit, SplittableRandom dice) {
        LocalDateTime close = plan.to().plusDays(1).atStartOfDay();
        LocalDateTime last = visit.events.get(visit.events.size() - 1).at();
        if (!visit.inpatient && dice.nextInt(100) < 4 && last.plusSeconds(90).isBefore(close)) {
            until(close, visit, Visit.Kind.TWICE, last.plusSeconds(20));
            until(close, visit, Visit.Kind.A42, last.plusSeconds(90));
        }
        if (dice.nextInt(100) < (visit.inpatient ? 60 : 20)) {
            until(close, visit, Visit.Kind.O01, last.plusSeconds(120));
        }
        if (!visit.cancelled && dice.nextInt(100) < (visit.inpatient ? 80 : 45)) {
            until(close, visit, Visit.Kind.P03, last.plusSeconds(180));
        } else if (!visit.inpatient && dice.nextInt(100) < 25) {
            until(close, visit, Visit.Kind.S12, last.plusSeconds(240));
        }
    }

    private static void until(LocalDateTime close, Visit visit, Visit.Kind kind, LocalDateTime at) {
        if (at.isBefore(close)) {
            visit.then(kind, at);
        }
    }

    private long person(int n) {
        return Math.floorMod(plan.seed() * 7_919L + n, 10_000_000L);
    }

    private String number(String prefix, LocalDate day, int n) {
        return prefix + day.toString().replace("-", "").substring(2)
                + Long.toString(plan.seed(), 36).toUpperCase(java.util.Locale.ROOT) + String.format("-%05d", n);
    }
}
