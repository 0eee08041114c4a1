package org.yuzui.reporting.internal.review;

import org.yuzui.reporting.Due;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Outlook;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Standing.State;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.internal.Office;
import org.yuzui.reporting.internal.Ranges;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts standings up the tree, for many periods at once, and looks ahead. */
public final class OutlookDesk implements Outlook {

    private static final List<State> PRESSING = List.of(State.MISSING, State.RETURNED, State.DRAFT, State.OPEN, State.IN_REVIEW,
            State.ACCEPTED, State.EXCUSED);
    private static final int LOOKS_BACK = 12;

    private final Office office;
    private final ReviewDesk reviews;
    private final Signs signs;
    private final Prospects prospects;

    public OutlookDesk(Office office, ReviewDesk reviews, Signs signs, Prospects prospects) {
        this.office = office;
        this.reviews = reviews;
        this.signs = signs;
        this.prospects = prospects;
    }

    @Override
    public Overview overview(String formId, String code, Period from, Period to, boolean institutions) {
        Form form = office.newest(formId);
        Unit top = office.unit(code);
        List<Period> periods = Ranges.of(form.period(), from, to, office.today());
        Map<Period, Map<String, Standing>> standings = reviews.standings(formId, periods.get(0), periods.get(periods.size() - 1));
        Map<String, Tally[]> tallies = new HashMap<>();
        Map<String, List<String>> ways = new HashMap<>();
        LocalDate today = office.today();
        for (int column = 0; column < periods.size(); column++) {
            Period period = periods.get(column);
            if (period.last().isBefore(today) && office.forms().periods().version(formId, period).isEmpty()) {
                continue; // it was asked of nobody
            }
            for (Standing standing : standings.getOrDefault(period, Map.of()).values()) {
                for (String unit : ways.computeIfAbsent(standing.unit(), u -> wayTo(top.code(), u))) {
                    Tally[] row = tallies.computeIfAbsent(unit, u -> new Tally[periods.size()]);
                    row[column] = row[column] == null ? new Tally() : row[column];
                    row[column].add(standing);
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (String unit : office.units().subtree(top.code())) {
            Tally[] row = tallies.get(unit);
            Unit found = office.units().find(unit).orElseThrow();
            if (unit.equals(top.code()) || row != null && (institutions || found.level() != Unit.Level.INSTITUTION)) {
                rows.add(new Row(found, cells(row, periods.size())));
            }
        }
        return new Overview(formId, top.code(), periods.stream().map(p -> column(formId, p)).toList(), rows);
    }

    private Column column(String form, Period period) {
        return new Column(period, reviews.due(office.form(form, period), period), office.forms().periods().version(form, period).isPresent());
    }

    private static List<Cell> cells(Tally[] row, int periods) {
        List<Cell> cells = new ArrayList<>(periods);
        for (int i = 0; i < periods; i++) {
            cells.add(row == null || row[i] == null ? null : row[i].cell());
        }
        return cells;
    }

    /** The unit, as it is called today, and those above it up to the top; empty when it isn't below that. */
    private List<String> wayTo(String top, String unit) {
        List<String> way = new ArrayList<>();
        String at = office.units().successor(unit);
        while (at != null && office.units().find(at).isPresent()) {
            way.add(at);
            if (at.equals(top)) {
                return way;
            }
            at = office.units().find(at).orElseThrow().parent();
        }
        return List.of();
    }

    private static final class Tally {
        private final int[] stands = new int[State.values().length];
        private int late;

        void add(Standing standing) {
            stands[standing.state().ordinal()]++;
            late += standing.late() ? 1 : 0;
        }

        Cell cell() {
            State pressing = PRESSING.stream().filter(s -> stands[s.ordinal()] > 0).findFirst().orElseThrow();
            int received = Arrays.stream(State.values()).filter(State::answered).mapToInt(s -> stands[s.ordinal()]).sum();
            return new Cell(pressing, Arrays.stream(stands).sum() - stands[State.EXCUSED.ordinal()], received,
                    stands[State.ACCEPTED.ordinal()], stands[State.RETURNED.ordinal()], stands[State.MISSING.ordinal()], late);
        }
    }

    @Override
    public Forecast forecast(String formId, Period period, String code) {
        Form asked = office.formOfOwn(formId, period);
        Unit top = office.unit(code);
        Due due = reviews.due(asked, period);
        List<Standing> waiting = below(top, reviews.standings(formId, period).values()).stream()
                .filter(s -> s.state() == State.OPEN || s.state() == State.DRAFT).filter(s -> s.due().at() != null).toList();
        if (waiting.isEmpty()) {
            return new Forecast(formId, period, due, List.of());
        }
        Period first = period;
        for (int i = 0; i < LOOKS_BACK; i++) {
            first = first.previous();
        }
        Map<Period, Map<String, Standing>> before = reviews.standings(formId, first, period.previous());
        // a period that nobody opened was asked of nobody
        before.keySet().removeIf(p -> office.forms().periods().version(formId, p).isEmpty());
        List<String> codes = waiting.stream().map(Standing::unit).toList();
        Signs.Seen seen = signs.of(asked, period, codes);
        List<Expectation> expectations = new ArrayList<>();
        for (Standing standing : waiting) {
            List<Standing> past = before.values().stream().map(m -> m.get(standing.unit()))
                    .filter(s -> s != null && s.state() != State.EXCUSED).toList();
            office.units().find(standing.unit()).ifPresent(unit -> expectations.add(prospects.of(unit, standing, past, seen)));
        }
        expectations.sort(Comparator.comparingInt(Expectation::points).reversed().thenComparing(e -> e.unit().code()));
        return new Forecast(formId, period, due, expectations);
    }

    private List<Standing> below(Unit top, Collection<Standing> all) {
        return all.stream().filter(s -> !wayTo(top.code(), s.unit()).isEmpty()).toList();
    }
}
