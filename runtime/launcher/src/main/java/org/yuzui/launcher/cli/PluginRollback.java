package org.yuzui.launcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Map;

/** {@code yuzui plugin rollback ID [VERSION]} */
@Command(name = "rollback")
final class PluginRollback extends PluginChange {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", descriptionKey = "plugin.version.parameter")
    private String version;

    @Override
    byte[] change(HubClient hub, Map<String, Object> parameters) {
        return hub.post(PluginCommand.path(id, "rollback"), parameters, "application/json",
                version == null ? Map.of() : Map.of("version", version));
    }
}
