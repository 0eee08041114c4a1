package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.yuzui.container.PluginSettings;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** Settings as they lie in {@code config/plugins}. */
public final class FileSettingsDesk implements SettingsDesk {

    private final SettingsFolder folder;
    private final Placeholders placeholders;

    public FileSettingsDesk(Path folder) {
        this.folder = new SettingsFolder(folder, System::nanoTime);
        this.placeholders = new Placeholders(folder, System::getenv);
    }

    @Override
    public SettingsFile read(String id) {
        try {
            return folder.read(id);
        } catch (IOException e) {
            throw new ProblemException(new Problem("unreadable-file", id + ".yaml",
                    "The settings can't be read: " + e.getMessage() + ".", "Check that this user may read the file."), e);
        }
    }

    @Override
    public Settings settings(HubFile schema, SettingsFile text) {
        return schema(schema).read(text, placeholders);
    }

    private static SettingsSchema schema(HubFile schema) {
        return schema == null ? SettingsSchema.none() : SettingsSchema.parse(schema.bytes(), schema.path());
    }

    @Override
    public SettingsFile migrated(HubFile from, HubFile to, SettingsFile text) {
        return text;
    }

    @Override
    public SettingsFile patched(HubFile schema, SettingsFile text, JsonNode changes) {
        throw new ProblemException(Problem.of("not-possible", "Settings can be changed in their file only."));
    }

    @Override
    public SettingsFile sealed(HubFile schema, SettingsFile text) {
        return text;
    }

    @Override
    public void write(String id, SettingsFile text) throws IOException {
        Path file = folder.path().resolve(id + ".yaml");
        if (text.bytes() == null) {
            Files.deleteIfExists(file);
        } else {
            Path part = Files.write(file.resolveSibling("." + id + ".yaml.part"), text.bytes());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        folder.counts(id, text);
    }

    @Override
    public List<PlannedChange> changes(HubFile schemaNow, SettingsFile now, HubFile schemaThen, SettingsFile then) {
        if (now == null || then == null || Objects.equals(now, then)) {
            return List.of();
        }
        return List.of(PlannedChange.of("settings", now.name(), PlannedChange.Action.CHANGE));
    }

    @Override
    public PluginSettings view(String id, HubFile schema, SettingsFile text, long revision,
                               List<PluginSettings.Revision> revisions) {
        JsonNode empty = JsonNodeFactory.instance.objectNode();
        JsonNode written = YamlDocument.parse(text.bytes() == null ? new byte[0] : text.bytes(), text.name()).root();
        return new PluginSettings(id, empty, written, written, text.name(), revision, revisions);
    }

    @Override
    public OptionalLong nanosToNextChange() {
        return folder.nanosToNextChange();
    }

    @Override
    public void keepOnly(Collection<String> ids) {
        folder.keepOnly(ids);
    }
}
