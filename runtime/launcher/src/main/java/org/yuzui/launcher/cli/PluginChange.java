package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command that changes a plugin, or with {@code --dry-run} says what would change. What would touch something outside the
 * plugin is shown with the command that goes on.
 */
abstract class PluginChange extends ClientCommand {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./~-]+");
    /** Options that are not repeated in the command that goes on, with whether a value follows them. */
    private static final Map<String, Boolean> LEFT_OUT = Map.of("--dry-run", false, "--accept", true, "--token", true);
    private static final int NAMED_ONE_BY_ONE = 3;

    @Option(names = "--dry-run", descriptionKey = "plugin.dry-run", order = 80)
    private boolean dryRun;

    @Option(names = "--accept", paramLabel = "ID", descriptionKey = "plugin.accept", order = 81)
    private List<String> accepted = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    /** Makes the call; {@code parameters} are the ones that all changes share. */
    abstract byte[] change(HubClient hub, Map<String, Object> parameters);

    /** An argument as it may be shown again. */
    String shown(String argument) {
        return argument;
    }

    @Override
    public final Integer call() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("dryRun", dryRun ? "true" : null);
        parameters.put("accept", accepted);
        byte[] body;
        try {
            body = change(hub(), parameters);
        } catch (Failure e) {
            if (e.code() == ExitCode.NOT_ACCEPTED && !json() && e.json() != null) {
                print(HubClient.parse(e.json()).path("plan"));
                return ExitCode.NOT_ACCEPTED.number();
            }
            throw e;
        }
        JsonNode answer = HubClient.parse(body);
        if (json()) {
            print(body);
            return (dryRun ? verdict(answer) : ExitCode.OK).number();
        }
        if (dryRun) {
            return print(answer).number();
        }
        out().println(new EventText(this).sentence(answer));
        return ExitCode.OK.number();
    }

    private ExitCode print(JsonNode plan) {
        new PlanText(this, Ansi.AUTO.enabled()).print(plan);
        ExitCode verdict = verdict(plan);
        out().println();
        switch (verdict) {
            case OK -> out().println(text(dryRun ? "plan.can-be-done" : "plan.changed-meanwhile"));
            case NOT_ACCEPTED -> {
                out().println(text("plan.needs-accept"));
                out().println("  " + commandToGoOn(plan));
            }
            default -> out().println(text("plan.can-not-be-done"));
        }
        return verdict;
    }

    /** What carrying it out with the same {@code --accept} would come to. */
    private ExitCode verdict(JsonNode plan) {
        if (!new PlanText(this, false).problems(plan).isEmpty()) {
            return ExitCode.USAGE;
        }
        Set<String> named = Set.copyOf(accepted);
        boolean open = !named.contains(text(plan.path("id")))
                && PlanText.outside(plan).stream().anyMatch(id -> !named.contains(id));
        return open ? ExitCode.NOT_ACCEPTED : ExitCode.OK;
    }

    private String commandToGoOn(JsonNode plan) {
        StringBuilder line = new StringBuilder("yuzui");
        List<String> given = spec.root().commandLine().getParseResult().originalArgs();
        for (int i = 0; i < given.size(); i++) {
            String name = given.get(i).split("=", 2)[0];
            Boolean valueFollows = LEFT_OUT.get(name);
            if (valueFollows == null) {
                line.append(' ').append(quoted(shown(given.get(i))));
            } else if (valueFollows && !given.get(i).contains("=")) {
                i++;
            }
        }
        Set<String> outside = PlanText.outside(plan);
        for (String id : outside.size() > NAMED_ONE_BY_ONE ? Set.of(text(plan.path("id"))) : outside) {
            line.append(" --accept ").append(quoted(id));
        }
        return line.toString();
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
