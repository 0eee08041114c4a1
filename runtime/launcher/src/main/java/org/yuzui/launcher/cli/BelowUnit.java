package org.yuzui.launcher.cli;

import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/** From which unit of the tree down a report is looked at. */
final class BelowUnit {

    @Option(names = "--unit", paramLabel = "CODE", descriptionKey = "report-unit")
    private String unit;

    /** As query parameters, to which a command adds its own. */
    Map<String, Object> query() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("unit", unit);
        return query;
    }
}
