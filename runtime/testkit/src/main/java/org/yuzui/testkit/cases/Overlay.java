package org.yuzui.testkit.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.container.PluginFiles;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.spi.Settings;
import org.yuzui.testkit.FreePorts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a trial changes in a plugin's settings so that it touches nothing of this machine: a free port for each port that it
 * listens on, and a folder below the hub's home for each setting that its schema marks {@code x-folder}.
 */
public final class Overlay {

    private static final String SCHEMA = "HUB-INF/settings.schema.json";

    private final byte[] schema;
    private final PluginDescriptor descriptor;
    private final Path work;
    /** Dotted paths. */
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, String> protocols = new TreeMap<>();
    private final Set<String> folders = new TreeSet<>();

    private Overlay(byte[] schema, PluginDescriptor descriptor, Path work) {
        this.schema = schema;
        this.descriptor = descriptor;
        this.work = work;
    }

    /** @param work the folder below which the plugin's folders will lie */
    public static Overlay of(Path jar, PluginDescriptor descriptor, Path work) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(SCHEMA);
            byte[] schema = null;
            if (entry != null) {
                try (InputStream in = zip.getInputStream(entry)) {
                    schema = in.readAllBytes();
                }
            }
            Overlay overlay = new Overlay(schema, descriptor, work);
            if (schema != null) {
                overlay.collect(CaseFile.JSON.readTree(schema), "");
            }
            return overlay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(JsonNode node, String prefix) throws IOException {
        for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
            String path = prefix + property.getKey();
            JsonNode field = property.getValue();
            if (field.path("x-folder").asBoolean()) {
                folders.add(path);
            } else if (field.path("type").asText().equals("integer") && isPort(property.getKey(), field, path)) {
                ports.put(path, FreePorts.next());
            }
            collect(field, path + ".");
        }
    }

    /** A port is what plugin.yaml says it listens on by default; the setting's name decides where it says none. */
    private boolean isPort(String key, JsonNode field, String path) {
        for (String listens : descriptor.listens()) {
            String[] words = listens.strip().split("\\s+");
            if (words.length == 2 && (words[1].equals("{{" + path + "}}") || words[1].equals(field.path("default").asText("none")))) {
                protocols.put(path, words[0]);
                return true;
            }
        }
        if (!descriptor.listens().isEmpty() && (key.equals("port") || key.endsWith("Port"))) {
            protocols.put(path, descriptor.listens().get(0).strip().split("\\s+")[0]);
            return true;
        }
        return false;
    }

    /** A case's settings with the ports and folders of this trial; what the case sets itself wins, but for ports. */
    public ObjectNode over(ObjectNode own) {
        ObjectNode tree = own.deepCopy();
        Settings defaults = schema == null ? Settings.empty() : PluginFiles.settings(schema, SCHEMA, own);
        ports.forEach((path, port) -> at(tree, path).put(last(path), port.intValue()));
        folders.forEach(path -> at(tree, path).put(last(path), folder(defaults, path).toString()));
        return tree;
    }

    /** Where a folder setting leads in this trial: below the working folder, under the name that the settings give it. */
    private Path folder(Settings settings, String path) {
        String name = settings.text(path, path.replace('.', '-')).replaceFirst("^([A-Za-z]:)?[/\\\\]+", "");
        Path folder = work.resolve(name).normalize();
        return folder.startsWith(work) ? folder : work.resolve(path.replace('.', '-'));
    }

    private static ObjectNode at(ObjectNode tree, String path) {
        ObjectNode node = tree;
        String[] steps = path.split("\\.");
        for (int i = 0; i < steps.length - 1; i++) {
            node = node.path(steps[i]).isObject() ? (ObjectNode) node.get(steps[i]) : node.putObject(steps[i]);
        }
        return node;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Dotted paths of the port settings, in the schema's order. */
    List<String> portSettings() {
        return List.copyOf(ports.keySet());
    }

    int port(String setting) {
        return ports.get(setting);
    }

    /** {@code mllp}, {@code tcp}, {@code http}, or whatever plugin.yaml says. */
    String protocol(String portSetting) {
        return protocols.get(portSetting);
    }

    /** Dotted paths of the folder settings, by name. */
    List<String> folderSettings() {
        return List.copyOf(folders);
    }

    Path folder(String setting, ObjectNode own) {
        return folder(schema == null ? Settings.empty() : PluginFiles.settings(schema, SCHEMA, own), setting);
    }
}
