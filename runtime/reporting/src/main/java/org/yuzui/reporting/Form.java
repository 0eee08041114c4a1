package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A periodic report, as one version of its file says it.
 *
 * @param version     1 for the first file that came, 2 for the next that says something else, …; 0 while it is only looked at
 * @param period      what it is answered for
 * @param sections    the indicators once more, in their parts; one without a title when the form has none
 * @param respondents unit codes that must answer; computed from the form's {@code respondents} when the unit tree is known
 * @param factors     constants that formulas name {@code factors.…}
 * @param with        other forms that formulas and checks look at, by the names that they use for them
 * @param deadline    null when there is none
 * @param review      the levels whose bureaus look at an answer one after the other, the lowest first; empty when an answer
 *                    is accepted as it comes
 */
public record Form(String id, int version, Title title, String plugin, Period.Kind period, List<Section> sections,
                   List<Indicator> indicators, List<String> respondents, List<Check> checks, Map<String, BigDecimal> factors,
                   Map<String, String> with, Deadline deadline, List<Unit.Level> review) {

    /** One in a single section, without checks, deadline and review. */
    public Form(String id, Title title, String plugin, Period.Kind period, List<Indicator> indicators, List<String> respondents) {
        this(id, 0, title, plugin, period,
                List.of(new Section("form", title, indicators.stream().map(Indicator::code).toList())), indicators, respondents,
                List.of(), Map.of(), Map.of(), null, List.of());
    }

    public Optional<Indicator> indicator(String code) {
        return indicators.stream().filter(i -> i.code().equals(code)).findFirst();
    }

    /** The same as another version. */
    public Form version(int number) {
        return new Form(id, number, title, plugin, period, sections, indicators, respondents, checks, factors, with, deadline,
                review);
    }
}
