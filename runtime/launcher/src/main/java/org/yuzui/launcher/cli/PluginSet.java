package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code yuzui plugin set ID KEY=VALUE…} */
@Command(name = "set")
final class PluginSet extends PluginChange {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY=VALUE", descriptionKey = "plugin.set.parameter")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--secret", paramLabel = "KEY")
    private List<String> secrets = new ArrayList<>();

    private BufferedReader in;
    private SettingsPatch patch;

    @Override
    byte[] change(HubClient hub, Map<String, Object> parameters) {
        if (assignments.isEmpty() && secrets.isEmpty()) {
            throw new Failure(ExitCode.USAGE, text("error.nothing-to-set"));
        }
        // The schema says whether 0123 is a number or a text, and what must not be shown again.
        patch = new SettingsPatch(HubClient.parse(hub.get(PluginCommand.path(id, "settings"))).path("schema"));
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new Failure(ExitCode.USAGE, text("error.no-assignment", assignment));
            }
            String key = assignment.substring(0, equals);
            String value = assignment.substring(equals + 1);
            patch.put(key, value.equals("-") ? secret(key) : value);
        }
        secrets.forEach(key -> patch.put(key, secret(key)));
        ObjectNode body = patch.body();
        return hub.post(PluginCommand.path(id, "settings"), parameters, "application/merge-patch+json", body);
    }

    /** From the terminal without an echo, or a line of what is piped in. */
    private String secret(String key) {
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("%s: ", key);
            if (typed != null) {
                return new String(typed);
            }
        } else {
            try {
                in = in == null ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)) : in;
                String line = in.readLine();
                if (line != null) {
                    return line;
                }
            } catch (IOException e) {
                // said below
            }
        }
        throw new Failure(ExitCode.USAGE, text("error.no-secret", key));
    }

    @Override
    String shown(String argument) {
        int equals = argument.indexOf('=');
        boolean secret = equals > 0 && patch != null && assignments.contains(argument)
                && patch.isSecret(argument.substring(0, equals));
        return secret ? argument.substring(0, equals) + "=-" : argument;
    }
}
