package org.yuzui.launcher.cli;

import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How flows are chosen, the same for every command that chooses some. */
final class FlowOptions {

    @Option(names = "--contract", paramLabel = "ID", descriptionKey = "flow.contract")
    private String contract;
    @Option(names = "--key", paramLabel = "KEY", descriptionKey = "flow.key")
    private String key;
    @Option(names = "--status", paramLabel = "STATUS", split = ",", descriptionKey = "flow.status")
    private List<String> status;
    @Option(names = "--unit", paramLabel = "CODE", descriptionKey = "flow.unit")
    private String unit;
    @Option(names = "--plugin", paramLabel = "ID", descriptionKey = "flow.plugin")
    private String plugin;
    @Option(names = "--route", paramLabel = "ID", descriptionKey = "flow.route")
    private String route;
    @Option(names = "--cause-code", paramLabel = "CODE", descriptionKey = "flow.cause-code")
    private String causeCode;
    @Option(names = "--cause", paramLabel = "GROUP", descriptionKey = "flow.cause")
    private String cause;
    @Option(names = "--from", paramLabel = "WHEN", descriptionKey = "flow.from")
    private String from;
    @Option(names = "--to", paramLabel = "WHEN", descriptionKey = "flow.to")
    private String to;
    @Option(names = "--q", paramLabel = "TEXT", descriptionKey = "flow.q")
    private String text;

    @Option(names = "--field", paramLabel = "NAME:VALUE", descriptionKey = "flow.field")
    private List<String> fields;

    /** As query parameters; those that were not given are null. */
    Map<String, Object> query() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("contract", contract);
        query.put("key", key);
        query.put("status", status == null ? null : status.stream().map(s -> s.toUpperCase(Locale.ROOT)).toList());
        query.put("unit", unit);
        query.put("plugin", plugin);
        query.put("route", route);
        query.put("causeCode", causeCode);
        query.put("cause", cause);
        query.put("from", from);
        query.put("to", to);
        query.put("q", text);
        query.put("field", fields);
        return query;
    }
}
