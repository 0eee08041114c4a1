package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.node.MissingNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;

/** {@code yuzui plugin unset ID KEY…} */
@Command(name = "unset")
final class PluginUnset extends PluginChange {

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "plugin.id.parameter")
    private String id;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY", descriptionKey = "plugin.key.parameter")
    private List<String> keys;

    @Override
    byte[] change(HubClient hub, Map<String, Object> parameters) {
        SettingsPatch patch = new SettingsPatch(MissingNode.getInstance());
        keys.forEach(patch::remove);
        return hub.post(PluginCommand.path(id, "settings"), parameters, "application/merge-patch+json", patch.body());
    }
}
