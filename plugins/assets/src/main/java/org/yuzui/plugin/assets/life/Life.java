package org.yuzui.plugin.assets.life;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;

/**
 * An asset as it was at the end of a day: a fold over its cards and movements in the order of their own days, whenever they
 * arrived. What can't be counts for nothing, and is told.
 *
 * <p>The asset is there since it was acquired, as its first card has it; before that card it belongs to whom the first record says.
 * Of one day those movements come first that may come first, and cards last.
 */
public final class Life {

    private static final String NONE = "none";
    private static final String IN_USE = "in-use";
    private static final String LENT = "lent";
    private static final String DISPOSED = "disposed";
    private static final Comparator<Event> ORDER = Comparator.comparing(Event::day).thenComparing(Event::kind)
            .thenComparing(Event::number).thenComparing(Event::unit).thenComparing(Event::told, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Judge judge;
    private final List<Event> done = new ArrayList<>();
    private final List<Broken> broken = new ArrayList<>();
    private String state = NONE;
    private String beforeLoan = IN_USE;
    private String unit;
    private Event card;
    private Event loan;
    private LocalDate since;

    private Life(Judge judge) {
        this.judge = judge;
    }

    /** @param message with the cure */
    public record Broken(Event event, String code, String message) {
    }

    /** @param asOf what is later is left out; null for nothing */
    public static Life of(Collection<Event> events, LocalDate asOf, Judge judge) {
        Life life = new Life(judge);
        List<Event> all = new ArrayList<>(events);
        all.sort(ORDER);
        Event firstCard = all.stream().filter(e -> e.kind() == Event.Kind.CARD).findFirst().orElse(null);
        if (firstCard != null && (asOf == null || !firstCard.since().isAfter(asOf))) {
            life.begin(firstCard, all.get(0));
        }
        LinkedList<Event> left = new LinkedList<>();
        all.stream().filter(e -> asOf == null || !e.day().isAfter(asOf)).forEach(left::add);
        while (!left.isEmpty()) {
            life.step(life.next(left));
        }
        return life;
    }

    private void begin(Event firstCard, Event first) {
        card = firstCard;
        since = firstCard.since();
        unit = first.unit();
        // What the card calls lent or disposed it is from the card's day on, not since it was bought.
        state = firstCard.told().equals(LENT) || firstCard.told().equals(DISPOSED) ? IN_USE : firstCard.told();
    }

    /** Takes the first of the next day that may be; the first of all when none may. */
    private Event next(LinkedList<Event> left) {
        LocalDate day = left.getFirst().day();
        for (Event event : left) {
            if (!event.day().equals(day)) {
                break;
            }
            if (verdict(event).allowed()) {
                left.remove(event);
                return event;
            }
        }
        return left.removeFirst();
    }

    private Judge.Verdict verdict(Event event) {
        if (event.kind() != Event.Kind.CARD && since != null && event.day().isBefore(since)) {
            return new Judge.Verdict("before-acquired", "", "The asset was acquired later, on " + since + ". Correct one of the days.");
        }
        return judge.of(event.kind(), state, event.unit().equals(unit), told(event));
    }

    private String told(Event event) {
        if (event.told() != null) {
            return event.told();
        }
        return event.kind() == Event.Kind.RETURN ? beforeLoan : IN_USE;
    }

    private void step(Event event) {
        Judge.Verdict verdict = verdict(event);
        if (!verdict.allowed()) {
            broken.add(new Broken(event, verdict.code(), verdict.message()));
            return;
        }
        done.add(event);
        switch (event.kind()) {
            case CARD -> card = event;
            case REALLOCATION -> unit = event.toUnit();
            case LOAN -> loan = event;
            case RETURN -> loan = null;
            default -> {
            }
        }
        String next = verdict.next().equals(Judge.TOLD) ? told(event) : verdict.next();
        if (next.equals(LENT) && !state.equals(LENT)) {
            beforeLoan = state;
        }
        state = next;
    }

    /** {@code none, in-use, idle, warehouse, lent, disposed}. */
    public String state() {
        return state;
    }

    public boolean isThere() {
        return !state.equals(NONE) && !state.equals(DISPOSED);
    }

    /** In whose books it is; null when it is nowhere. */
    public String unit() {
        return unit;
    }

    /** What is known of it: the card of the last day up to then, else the first; null when there is none. */
    public Event card() {
        return card;
    }

    /** The loan that is not returned; null when there is none, or only a card tells that it is lent. */
    public Event loan() {
        return loan;
    }

    /** In their order, without what can't be. */
    public List<Event> done() {
        return done;
    }

    public List<Broken> broken() {
        return broken;
    }
}
