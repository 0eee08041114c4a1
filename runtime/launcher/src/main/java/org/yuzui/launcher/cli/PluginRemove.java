package org.yuzui.launcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Map;

/** {@code yuzui plugin remove ID} */
@Command(name = "remove")
final class PluginRemove extends PluginChange {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Override
    byte[] change(HubClient hub, Map<String, Object> parameters) {
        return hub.delete(PluginCommand.path(id), parameters);
    }
}
