package org.yuzui.launcher.cli;

import org.yuzui.launcher.authoring.PackedPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code yuzui plugin pack}: the bundle of a folder, without Maven. */
@Command(name = "pack")
final class PluginPackCommand extends AuthoringCommand {

    @Parameters(index = "0", arity = "0..1", defaultValue = ".", paramLabel = "DIR", descriptionKey = "plugin.dir.parameter")
    private Path folder;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", descriptionKey = "yuzui.plugin.pack.output")
    private Path output;

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    @Override
    public Integer call() {
        HubLog.none();
        PackedPlugin packed = pack(folder, output);
        if (json) {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("plugin", packed.descriptor().id());
            said.put("version", packed.descriptor().version());
            said.put("file", packed.file().toString());
            said.put("bytes", packed.bytes());
            said.put("sha256", packed.sha256());
            printJson(said);
        } else {
            out().println(text("plugin.packed", packed.descriptor().id(), packed.descriptor().version(), packed.file(),
                    packed.bytes()));
            out().println("sha256 " + packed.sha256());
        }
        return ExitCode.OK.number();
    }
}
