package org.yuzui.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.yuzui.launcher.Hub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code yuzui version} */
@Command(name = "version")
final class VersionCommand extends LocalCommand {

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("yuzui", Hub.VERSION);
        versions.put("java", System.getProperty("java.runtime.version"));
        versions.put("javaVendor", System.getProperty("java.vendor"));
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        if (json) {
            out().println(HubClient.JSON.writeValueAsString(versions));
        } else {
            out().println("Yuzui 鱼嘴 " + versions.get("yuzui"));
            out().println("Java " + versions.get("java") + " (" + versions.get("javaVendor") + "), " + versions.get("os"));
        }
        return ExitCode.OK.number();
    }
}
