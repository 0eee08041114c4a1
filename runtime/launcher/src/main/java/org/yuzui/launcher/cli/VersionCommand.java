package org.yuzui.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** {@code yuzui version} */
@Command(name = "version")
final class VersionCommand extends LocalCommand {

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("yuzui", yuzui());
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

    /** As Maven wrote it into the jar; {@code development} when the classes don't come from a jar. */
    static String yuzui() {
        Properties properties = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream("/META-INF/maven/org.yuzui/yuzui-launcher/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The version can't be read from the jar.", e);
        }
        return properties.getProperty("version", "development");
    }
}
