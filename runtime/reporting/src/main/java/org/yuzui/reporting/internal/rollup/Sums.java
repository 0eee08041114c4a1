package org.yuzui.reporting.internal.rollup;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Indicator.Kind;
import org.yuzui.reporting.internal.submission.Numbers;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What can be added up of answers. A weighted indicator is two sums: {@code price*} of answer times weight, and
 * {@code price/} of the weights. Exact; whatever is divided is divided when somebody asks.
 */
final class Sums {

    private final Form form;
    private final Map<String, BigDecimal> parts;

    Sums(Form form) {
        this(form, new HashMap<>());
    }

    /** @param parts as {@link #parts()} gave them */
    Sums(Form form, Map<String, BigDecimal> parts) {
        this.form = form;
        this.parts = parts;
    }

    /** Those of one answer. */
    static Sums of(Form form, Map<String, BigDecimal> values) {
        Sums sums = new Sums(form);
        for (Indicator indicator : form.indicators()) {
            BigDecimal value = indicator.kind().answered() ? values.get(indicator.code()) : null;
            if (value == null) {
                continue;
            }
            if (indicator.kind() == Kind.WEIGHTED) {
                BigDecimal weight = values.get(indicator.weight());
                if (weight != null) {
                    sums.parts.put(indicator.code() + "*", value.multiply(weight));
                    sums.parts.put(indicator.code() + "/", weight);
                }
            } else {
                sums.parts.put(indicator.code(), value);
            }
        }
        return sums;
    }

    Map<String, BigDecimal> parts() {
        return parts;
    }

    /** The same unit's later answer. */
    void thenCame(Sums later) {
        later.parts.forEach((key, value) -> parts.merge(key, value, (a, b) -> switch (kind(key)) {
            case LAST, CHOICE -> b;
            case MAX -> a.max(b);
            default -> a.add(b);
        }));
    }

    /** Another unit's. */
    void beside(Sums other) {
        other.parts.forEach((key, value) -> {
            Kind kind = kind(key);
            if (kind != Kind.CHOICE) {
                parts.merge(key, value, (a, b) -> kind == Kind.MAX ? a.max(b) : a.add(b));
            }
        });
    }

    /** What there is belongs to the successor of a unit that ended; what happened there happened. */
    Sums withoutStocks() {
        Map<String, BigDecimal> happened = new HashMap<>(parts);
        happened.keySet().removeIf(key -> kind(key) == Kind.LAST || kind(key) == Kind.CHOICE);
        return new Sums(form, happened);
    }

    private Kind kind(String key) {
        return key.endsWith("*") || key.endsWith("/") ? Kind.SUM : form.indicator(key).map(Indicator::kind).orElse(Kind.SUM);
    }

    /** By indicator, in the form's order; what nobody answered and what can't be divided is absent. */
    Map<String, BigDecimal> values() {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        for (Indicator indicator : form.indicators()) {
            switch (indicator.kind()) {
                case RATIO -> Numbers.ratio(parts.get(indicator.numerator()), parts.get(indicator.denominator()), indicator.factor())
                        .ifPresent(ratio -> values.put(indicator.code(), ratio));
                case WEIGHTED -> Numbers.ratio(parts.get(indicator.code() + "*"), parts.get(indicator.code() + "/"), 1)
                        .ifPresent(mean -> values.put(indicator.code(), mean));
                default -> {
                    if (parts.containsKey(indicator.code())) {
                        values.put(indicator.code(), Numbers.plain(parts.get(indicator.code())));
                    }
                }
            }
        }
        return values;
    }
}
