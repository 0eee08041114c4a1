package org.yuzui.reporting.internal.rollup;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.Comparisons.Group;
import org.yuzui.reporting.Comparisons.Groups;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.submission.SubmissionTable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds answers up by what their units are, or by what they answered, instead of by where they stand in the tree. */
public final class Groupings {

    private static final Title TOTAL = new Title("合计", "Total");
    private static final Title NONE = new Title("未分组", "No group");

    private final Units units;
    private final SubmissionTable submissions;

    public Groupings(Units units, SubmissionTable submissions) {
        this.units = units;
        this.submissions = submissions;
    }

    /** One group while it is added up. */
    private static final class Adding {
        private final Sums sums;
        private int respondents;
        private int expected;
        private int received;

        Adding(Form form) {
            sums = new Sums(form);
        }

        void add(int asked, List<Submission> answers, Sums answered) {
            respondents++;
            expected += asked;
            received += answers.size();
            sums.beside(answered);
        }

        Group group(String key, Title title) {
            return new Group(key, title, sums.values(), respondents, expected, received);
        }
    }

    /** @param expected how many answers of each respondent */
    Groups of(Form form, Period period, Unit unit, String by, Map<String, Integer> expected) {
        Optional<Indicator> choice = form.indicator(by).filter(i -> i.kind() == Indicator.Kind.CHOICE);
        if (choice.isEmpty()) {
            requireKnown(form, by);
        }
        Map<String, List<Submission>> answers = new LinkedHashMap<>();
        submissions.latest(form, List.copyOf(expected.keySet()), period.first(), period.last())
                .forEach(s -> answers.computeIfAbsent(s.unit(), u -> new ArrayList<>()).add(s));
        Adding total = new Adding(form);
        Adding none = new Adding(form);
        Map<String, Adding> groups = new TreeMap<>();
        new TreeMap<>(expected).forEach((code, asked) -> {
            List<Submission> own = answers.getOrDefault(code, List.of());
            Sums answered = new Sums(form);
            own.forEach(s -> answered.thenCame(Sums.of(form, s.values())));
            String key = choice.isPresent() ? chosen(answered.parts().get(by)) : tagged(code, by);
            Adding group = key == null ? none : groups.computeIfAbsent(key, k -> new Adding(form));
            group.add(asked, own, answered);
            total.add(asked, own, answered);
        });
        List<Group> rows = new ArrayList<>();
        List<String> inOrder = choice.map(i -> i.choices().keySet().stream().filter(groups::containsKey).toList())
                .orElse(List.copyOf(groups.keySet()));
        inOrder.forEach(key -> rows.add(groups.get(key).group(key, choice.map(i -> i.choices().get(key))
                .or(() -> units.title(by + ":" + key)).orElse(new Title(key, key)))));
        if (none.respondents > 0) {
            rows.add(none.group(null, NONE));
        }
        return new Groups(form, period, unit, by, total.group(null, TOTAL), rows);
    }

    private static String chosen(BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    /** What stands behind the colon of the unit's tag of this kind. */
    private String tagged(String code, String by) {
        return units.find(units.successor(code)).stream().flatMap(u -> u.tags().stream()).filter(t -> t.startsWith(by + ":"))
                .map(t -> t.substring(by.length() + 1)).findFirst().orElse(null);
    }

    private void requireKnown(Form form, String by) {
        TreeSet<String> known = new TreeSet<>();
        units.all().forEach(u -> u.tags().stream().filter(t -> t.contains(":")).forEach(t -> known.add(t.substring(0, t.indexOf(':')))));
        form.indicators().stream().filter(i -> i.kind() == Indicator.Kind.CHOICE).forEach(i -> known.add(i.code()));
        if (!known.contains(by)) {
            throw new ProblemException(new Problem("bad-group", "query by", "No unit has a tag '" + by + ":…', and '" + by
                    + "' is no choice of the form.", known.isEmpty() ? "Give units tags like department:education in config/org."
                    : "There are: " + String.join(", ", known) + "."));
        }
    }
}
