package org.yuzui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as a table for people and as JSON for comparing. */
final class Report {

    private static final String[] HEAD = {"scenario", "figure", "measured", "limit", "of it", "aim", "", "notes"};
    private static final int NOTES = HEAD.length - 1;

    private Report() {
    }

    static void print(Results results, PrintStream out) {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEAD);
        for (Figure f : results.figures()) {
            rows.add(new String[] {f.scenario(), f.name(), number(f.value()) + " " + f.unit(),
                    f.limit() == null ? "" : number(f.limit().value()) + " (" + f.limit().name() + ")",
                    f.limit() == null ? "" : Math.round(f.share() * 100) + " %",
                    f.aim() == null ? "" : f.aim().text(), f.aim() == null ? "" : f.aim().met() ? "met" : "MISSED",
                    f.notes().entrySet().stream().map(n -> n.getKey() + " " + text(n.getValue()))
                            .collect(Collectors.joining(", "))});
        }
        int[] widths = new int[HEAD.length];
        rows.forEach(row -> {
            for (int i = 0; i < NOTES; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        });
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < NOTES; i++) {
                String space = " ".repeat(widths[i] - row[i].length());
                boolean right = i == 2 || i == 4;
                line.append(right ? space + row[i] : row[i] + space).append("  ");
            }
            out.println((line + row[NOTES]).stripTrailing());
        }
        results.failures().forEach((scenario, why) -> out.println(scenario + " FAILED: " + why));
    }

    static void write(Results results, Map<String, Object> about, Path file) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>(about);
        document.put("figures", results.figures().stream().map(Report::map).toList());
        document.put("failures", results.failures());
        Files.createDirectories(file.getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), document);
    }

    private static Map<String, Object> map(Figure f) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("scenario", f.scenario());
        map.put("name", f.name());
        map.put("value", rounded(f.value()));
        map.put("unit", f.unit());
        if (f.limit() != null) {
            map.put("limit", Map.of("name", f.limit().name(), "value", rounded(f.limit().value())));
            map.put("share", rounded(f.share()));
        }
        if (f.aim() != null) {
            map.put("aim", f.aim().text());
            map.put("met", f.aim().met());
        }
        map.put("notes", f.notes());
        return map;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static String text(Object value) {
        return value instanceof Number n ? number(n.doubleValue()) : String.valueOf(value);
    }

    /** Three figures are what such a measurement is good for. */
    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
