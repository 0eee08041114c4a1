package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A plan for a person: what changes, what pauses, what else is touched, and what forbids it last, where the eye is. */
final class PlanText {

    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RED = "31";
    private static final String BOLD = "1";

    private final ClientCommand command;
    private final boolean colours;

    PlanText(ClientCommand command, boolean colours) {
        this.command = command;
        this.colours = colours;
    }

    /** Everything that forbids a plan, as sentences. */
    Set<String> problems(JsonNode plan) {
        Set<String> all = new LinkedHashSet<>();
        plan.path("problems").forEach(p -> all.add(command.problem(p)));
        plan.path("changes").forEach(c -> c.path("problems").forEach(p -> all.add(command.problem(p))));
        return all;
    }

    /** The ids of what would be touched outside. */
    static Set<String> outside(JsonNode plan) {
        Set<String> ids = new LinkedHashSet<>();
        plan.path("outside").forEach(e -> ids.add(e.path("id").asText()));
        return ids;
    }

    void print(JsonNode plan) {
        line(coloured(BOLD, command.text("plan." + value(plan, "action"), value(plan, "plugin"), value(plan, "fromVersion"),
                value(plan, "toVersion"))) + (plan.path("title").isObject() ? "  " + command.title(plan.path("title")) : ""));
        jar(plan);
        changes(plan.path("changes"));
        section("plan.pauses", pauses(plan.path("pauses")));
        section("plan.outside", outsideLines(plan.path("outside")));
        section("plan.problems", problems(plan).stream().map(p -> coloured(RED, "! ") + p).toList());
    }

    private void jar(JsonNode plan) {
        if (plan.path("sha256").isTextual()) {
            line("  " + value(plan, "file") + "  SHA-256 " + shortened(value(plan, "sha256")));
        }
        JsonNode signature = plan.path("signature");
        if (signature.isObject()) {
            String state = value(signature, "state");
            String said = state.equals("TRUSTED")
                    ? command.text("plan.signed", value(signature, "signer"), value(signature, "algorithm"))
                    : coloured(state.equals("BROKEN") ? RED : YELLOW, command.text("plan.signature." + state))
                    + (state.equals("UNSIGNED") ? "" : "  " + value(signature, "detail"));
            line("  " + said);
        }
        List<String> imports = new ArrayList<>();
        plan.path("imports").forEach(i -> imports.add(i.asText()));
        if (!imports.isEmpty()) {
            line("  " + command.text("plan.imports", String.join(", ", imports)));
        }
    }

    private void changes(JsonNode changes) {
        List<String> lines = new ArrayList<>();
        int width = 0;
        int kept = 0;
        for (JsonNode change : changes) {
            width = Math.max(width, value(change, "kind").length());
        }
        for (JsonNode change : changes) {
            String action = value(change, "action");
            if (action.equals("KEEP")) {
                kept++;
                continue;
            }
            String kind = value(change, "kind");
            lines.add(mark(action) + " " + kind + " ".repeat(width - kind.length()) + "  " + value(change, "id"));
            Set<String> sentences = new LinkedHashSet<>();
            change.path("details").forEach(d -> sentences.add(d.asText()));
            change.path("noticed").forEach(n -> sentences.add(n.asText()));
            sentences.forEach(d -> lines.add("    " + d));
        }
        if (kept > 0) {
            lines.add(command.text("plan.unchanged", kept));
        }
        section("plan.changes", lines);
    }

    private String mark(String action) {
        return switch (action) {
            case "ADD" -> coloured(GREEN, "+");
            case "REMOVE" -> coloured(RED, "-");
            default -> coloured(YELLOW, "~");
        };
    }

    private List<String> pauses(JsonNode pauses) {
        List<String> lines = new ArrayList<>();
        pauses.forEach(p -> lines.add(value(p, "what") + (p.path("lastTime").isTextual()
                ? "  " + command.text("plan.last-time", EventText.duration(p.path("lastTime"))) : "")));
        return lines;
    }

    private List<String> outsideLines(JsonNode outside) {
        List<String> lines = new ArrayList<>();
        String before = "";
        for (JsonNode effect : outside) {
            String id = value(effect, "id");
            if (!id.equals(before)) {
                lines.add(coloured(YELLOW, id));
            }
            before = id;
            String place = value(effect, "place");
            lines.add("    " + value(effect, "owner") + (place.isEmpty() ? "" : "  " + place) + ": " + value(effect, "why"));
        }
        return lines;
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            line("");
            line(coloured(BOLD, command.text(title)));
            lines.forEach(l -> line("  " + l));
        }
    }

    static String shortened(String sha256) {
        return sha256.length() > 12 ? sha256.substring(0, 12) + "…" : sha256;
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String value(JsonNode node, String field) {
        return ClientCommand.text(node.path(field));
    }

    private void line(String text) {
        command.out().println(text);
    }
}
