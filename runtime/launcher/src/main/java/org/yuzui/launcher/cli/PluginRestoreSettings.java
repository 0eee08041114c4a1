package org.yuzui.launcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Map;

/** {@code yuzui plugin restore-settings ID [REVISION]} */
@Command(name = "restore-settings")
final class PluginRestoreSettings extends PluginChange {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Parameters(index = "1", arity = "0..1", paramLabel = "REVISION", descriptionKey = "plugin.revision.parameter")
    private Long revision;

    @Override
    byte[] change(HubClient hub, Map<String, Object> parameters) {
        return hub.post(PluginCommand.path(id, "settings", "restore"), parameters, "application/json",
                revision == null ? Map.of() : Map.of("revision", revision));
    }
}
