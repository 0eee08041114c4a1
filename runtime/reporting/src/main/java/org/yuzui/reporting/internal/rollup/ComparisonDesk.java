package org.yuzui.reporting.internal.rollup;

import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Comparisons;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Indicator.Kind;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Standing.State;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.Office;
import org.yuzui.reporting.internal.Ranges;
import org.yuzui.reporting.internal.review.ReviewDesk;
import org.yuzui.reporting.internal.submission.Numbers;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Figures over periods and between units. */
public final class ComparisonDesk implements Comparisons {

    private final Office office;
    private final ReviewDesk reviews;
    private final Figures figures;
    private final Groupings groupings;
    private final Unsettled unsettled;

    public ComparisonDesk(Office office, ReviewDesk reviews, Figures figures, Groupings groupings, Unsettled unsettled) {
        this.office = office;
        this.reviews = reviews;
        this.figures = figures;
        this.groupings = groupings;
        this.unsettled = unsettled;
    }

    @Override
    public Trend trend(String formId, String code, List<String> indicators, Period.Kind by, Period from, Period to) {
        Form form = office.newest(formId);
        Unit unit = office.unit(code);
        List<Indicator> wanted = indicators.isEmpty() ? form.indicators()
                : indicators.stream().map(c -> indicator(form, c)).toList();
        List<Period> periods = Ranges.of(by == null ? form.period() : by, from, to, office.today());
        List<Map<String, BigDecimal>> values = new ArrayList<>();
        List<Integer> received = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        if (by == null || by == form.period()) {
            Map<Period, Map<String, Standing>> standings = reviews.standings(formId, periods.get(0), periods.get(periods.size() - 1));
            Set<String> below = office.units().subtree(code);
            for (Period period : periods) {
                List<Standing> all = standings.getOrDefault(period, Map.of()).values().stream()
                        .filter(s -> below.contains(office.units().successor(s.unit()))).toList();
                received.add((int) all.stream().filter(s -> s.state().answered()).count());
                expected.add((int) all.stream().filter(s -> s.state() != State.EXCUSED).count());
                values.add(figures.today(formId, period, code));
            }
        } else {
            for (Period period : periods) {
                Total total = figures.longer(formId, period, code);
                values.add(total.values());
                received.add(total.received());
                expected.add(total.expected());
            }
        }
        return new Trend(formId, unit, periods, received, expected, wanted.stream()
                .map(i -> new Series(i, values.stream().map(v -> v.get(i.code())).toList())).toList());
    }

    private static Indicator indicator(Form form, String code) {
        return form.indicator(code).orElseThrow(() -> new ProblemException(new Problem("unknown-indicator", "query indicator",
                "The form '" + form.id() + "' has no indicator '" + code + "'.",
                KnownKeys.cure(code, form.indicators().stream().map(Indicator::code).toList()))));
    }

    @Override
    public Comparison compare(String formId, Period period, String code, String indicatorCode) {
        Indicator indicator = indicator(office.form(formId, period), indicatorCode);
        Units tree = figures.tree(period);
        Unit unit = tree.find(code).orElseGet(() -> office.unit(code));
        Map<String, Map<String, BigDecimal>> now = figures.withBelow(formId, period, code);
        Map<String, Map<String, BigDecimal>> previous = figures.before(formId, period.previous(), period, code);
        Map<String, Map<String, BigDecimal>> lastYear = figures.before(formId, period.lastYear(), period, code);
        Set<String> stale = stale(formId, period, tree);
        List<Unit> below = tree.children(code).stream().filter(c -> now.containsKey(c.code()) || previous.containsKey(c.code())
                || lastYear.containsKey(c.code())).toList();
        BigDecimal whole = value(now, code, indicator);
        List<BigDecimal> ranked = below.stream().map(c -> value(now, c.code(), indicator)).filter(v -> v != null)
                .sorted(Comparator.reverseOrder()).toList();
        List<Place> rows = below.stream().map(c -> place(c, indicator, now, previous, lastYear, ranked, whole, stale))
                .sorted(Comparator.comparing(Place::value, Comparator.nullsLast(Comparator.reverseOrder()))
                        .thenComparing(p -> p.unit().code())).toList();
        return new Comparison(formId, period, period.previous(), period.lastYear(), unit, indicator,
                place(unit, indicator, now, previous, lastYear, List.of(), null, stale), rows);
    }

    private static Place place(Unit unit, Indicator indicator, Map<String, Map<String, BigDecimal>> now,
                               Map<String, Map<String, BigDecimal>> previous, Map<String, Map<String, BigDecimal>> lastYear,
                               List<BigDecimal> ranked, BigDecimal whole, Set<String> stale) {
        BigDecimal value = value(now, unit.code(), indicator);
        BigDecimal before = value(previous, unit.code(), indicator);
        BigDecimal yearBefore = value(lastYear, unit.code(), indicator);
        boolean adds = indicator.kind() == Kind.SUM || indicator.kind() == Kind.LAST;
        return new Place(unit, value, rank(value, ranked), adds ? Numbers.ratio(value, whole, 100).orElse(null) : null, before, yearBefore,
                change(value, yearBefore), change(value, before), stale.contains(unit.code()));
    }

    private static BigDecimal value(Map<String, Map<String, BigDecimal>> figures, String unit, Indicator indicator) {
        return figures.getOrDefault(unit, Map.of()).get(indicator.code());
    }

    /** Null without a value; it is among the ranked ones otherwise, or there are none. */
    static Integer rank(BigDecimal value, List<BigDecimal> ranked) {
        if (value == null || ranked.isEmpty()) {
            return null;
        }
        return 1 + (int) ranked.stream().filter(v -> v.compareTo(value) > 0).count();
    }

    /** Per cent of the base, which is what was before: never of the new value. */
    static BigDecimal change(BigDecimal value, BigDecimal base) {
        return value == null || base == null || base.signum() == 0 ? null
                : Numbers.plain(value.subtract(base).movePointRight(2).divide(base.abs(), MathContext.DECIMAL128));
    }

    /** The units of which a returned answer or an upheld dispute is part. */
    private Set<String> stale(String formId, Period period, Units tree) {
        Form form = office.newest(formId);
        List<String> causes = new ArrayList<>();
        Period last = Period.of(form.period(), period.last());
        reviews.standings(formId, Period.of(form.period(), period.first()), last).forEach((each, standings) -> {
            standings.values().stream().filter(s -> s.state() == State.RETURNED).forEach(s -> causes.add(s.unit()));
            causes.addAll(unsettled.units(formId, each));
        });
        Set<String> stale = new HashSet<>();
        for (String cause : causes) {
            String at = cause;
            while (at != null && stale.add(at)) {
                at = tree.find(at).map(Unit::parent).orElse(null);
            }
        }
        return stale;
    }

    @Override
    public Groups groups(String formId, Period period, String code, String by) {
        Unit unit = office.unit(code);
        if (!period.kind().consistsOf(office.newest(formId).period())) {
            figures.longer(formId, period, code); // says what can be asked for
        }
        Form form = office.form(formId, period);
        Map<String, Integer> expected = new HashMap<>();
        Set<String> below = office.units().subtree(code);
        reviews.standings(formId, Period.of(form.period(), period.first()), Period.of(form.period(), period.last()))
                .forEach((each, standings) -> standings.values().stream().filter(s -> below.contains(office.units().successor(s.unit())))
                        .forEach(s -> expected.merge(s.unit(), s.state() == State.EXCUSED ? 0 : 1, Integer::sum)));
        return groupings.of(form, period, unit, by, expected);
    }
}
