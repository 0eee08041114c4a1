package org.yuzui.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured so far, told as it comes. */
final class Results {

    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, Figure.Limit> limits = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    void add(Figure figure) {
        figures.add(figure);
        say(figure.name() + ": " + Report.number(figure.value()) + " " + figure.unit());
    }

    /** Adds a figure that later ones are held against by its name. */
    void addLimit(Figure figure) {
        limits.put(figure.name(), new Figure.Limit(figure.name(), figure.value()));
        add(figure);
    }

    Figure.Limit limit(String name) {
        return limits.get(name);
    }

    void failed(String scenario, String why) {
        failures.put(scenario, why);
        say(scenario + " failed: " + why);
    }

    /** Progress goes to the error output: the table alone is the output. */
    static void say(String line) {
        System.err.println("  " + line);
    }

    List<Figure> figures() {
        return figures;
    }

    Map<String, String> failures() {
        return failures;
    }
}
