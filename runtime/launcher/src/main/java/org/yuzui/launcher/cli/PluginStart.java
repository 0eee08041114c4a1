package org.yuzui.launcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Map;

/** {@code yuzui plugin start ID} */
@Command(name = "start")
final class PluginStart extends PluginChange {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Override
    byte[] change(HubClient hub, Map<String, Object> parameters) {
        return hub.post(PluginCommand.path(id, "start"), parameters, "application/json", Map.of());
    }
}
