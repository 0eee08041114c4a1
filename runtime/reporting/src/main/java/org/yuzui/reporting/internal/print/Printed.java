package org.yuzui.reporting.internal.print;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Section;
import org.yuzui.reporting.Unit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table as it is printed.
 *
 * @param lines what stands below the title
 * @param rows  the total first
 */
record Printed(Form form, Words words, String title, List<String> lines, List<Row> rows) {

    /** @param stale whether it will change, which is marked by a star */
    record Row(Unit unit, Map<String, BigDecimal> values, int expected, int received, boolean stale) {
    }

    /** A section's indicators of which there are totals. */
    record Part(String title, List<Indicator> indicators) {
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (Section section : form.sections()) {
            List<Indicator> indicators = section.indicators().stream().map(c -> form.indicator(c).orElseThrow())
                    .filter(i -> i.kind() != Indicator.Kind.CHOICE).toList();
            if (!indicators.isEmpty()) {
                parts.add(new Part(words.title(section.title()), indicators));
            }
        }
        return parts;
    }

    String name(Row row) {
        return words.name(row.unit()) + (row.stale() ? " *" : "");
    }
}
