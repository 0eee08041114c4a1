package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.container.PluginSettings;
import org.yuzui.container.internal.settings.SecretBox.SealedShutException;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Settings as they lie in {@code config/plugins}, with their secrets sealed. */
public final class FileSettingsDesk implements SettingsDesk {

    private static final String HEADER = "# Settings of the plugin %s. What can stand here: yuzui plugin settings %s";

    private final SettingsFolder folder;
    private final Placeholders placeholders;
    private final SecretBox secrets;

    /** @param keyFile {@code data/keys/settings.key}; made when the first secret is sealed */
    public FileSettingsDesk(Path folder, Path keyFile) {
        this(folder, keyFile, System::getenv);
    }

    FileSettingsDesk(Path folder, Path keyFile, UnaryOperator<String> environment) {
        this.folder = new SettingsFolder(folder, System::nanoTime);
        this.secrets = new SecretBox(keyFile);
        this.placeholders = new Placeholders(folder, environment, secrets);
    }

    @Override
    public SettingsFile read(String id) {
        try {
            return folder.read(id);
        } catch (IOException e) {
            throw unreadable(id, e);
        }
    }

    private static ProblemException unreadable(String id, IOException e) {
        return new ProblemException(new Problem("unreadable-file", id + ".yaml",
                "The settings can't be read: " + e.getMessage() + ".", "Check that this user may read the file."), e);
    }

    @Override
    public Settings settings(HubFile schema, SettingsFile text) {
        return SettingsSchema.of(schema).read(text, placeholders);
    }

    @Override
    public SettingsFile migrated(HubFile from, HubFile to, SettingsFile text) {
        SettingsSchema schema = SettingsSchema.of(to);
        YamlDocument before = text.parse();
        SettingsFile after = new SettingsMigration(schema, secrets, text).run();
        schema.read(after.parse().root(), after, placeholders, before::problem);
        return sealed(schema, after);
    }

    @Override
    public SettingsFile patched(HubFile schemaFile, SettingsFile text, JsonNode changes) {
        SettingsSchema schema = SettingsSchema.of(schemaFile);
        YamlDocument before = text.parse();
        if (!changes.isObject()) {
            throw new ProblemException(before.problem("wrong-type", "", "The changes are no JSON object.",
                    "Send a JSON merge patch: {\"listen\": {\"port\": 2576}}."));
        }
        SettingsFile begun = text.bytes() != null ? text
                : text.withText(HEADER.formatted(text.plugin(), text.plugin()) + "\n\n");
        YamlEdit edit = new YamlEdit(begun);
        edit.merge((ObjectNode) unmasked(changes, "", schema.secrets(), before));
        if (text.bytes() == null && edit.document().root().isEmpty()) {
            return text;
        }
        SettingsFile after = text.withText(edit.text());
        schema.read(edit.document().root(), after, placeholders, before::problem);
        return sealed(schema, after);
    }

    /** {@code ***} in the place of a secret means what stands there now. */
    private static JsonNode unmasked(JsonNode changes, String pointer, SecretFields fields, YamlDocument before) {
        if (changes.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            changes.properties().forEach(e -> copy.set(e.getKey(),
                    unmasked(e.getValue(), Pointers.child(pointer, e.getKey()), fields, before)));
            return copy;
        }
        if (changes.isArray()) {
            var copy = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < changes.size(); i++) {
                copy.add(unmasked(changes.get(i), pointer + "/" + i, fields, before));
            }
            return copy;
        }
        if (!changes.asText().equals(SecretFields.MASK) || !fields.isSecret(pointer)) {
            return changes;
        }
        JsonNode now = before.root().at(pointer);
        if (!now.isValueNode()) {
            throw new ProblemException(before.problem("secret-not-set", pointer, "*** stands for a secret that is set, and here is "
                    + "none.", "Give the secret itself."));
        }
        return now;
    }

    @Override
    public SettingsFile sealed(HubFile schema, SettingsFile text) {
        return text.bytes() == null ? text : sealed(SettingsSchema.of(schema), text);
    }

    private SettingsFile sealed(SettingsSchema schema, SettingsFile text) {
        JsonNode root = text.parse().root();
        Map<String, String> plain = new LinkedHashMap<>();
        for (String pointer : schema.secrets().in(root)) {
            plainly(text.plugin(), pointer, root.at(pointer)).ifPresent(value ->
                    plain.put(pointer, secrets.seal(text.plugin(), pointer, value)));
        }
        if (plain.isEmpty()) {
            return text;
        }
        YamlEdit edit = new YamlEdit(text);
        edit.setScalars(plain);
        return text.withText(edit.text());
    }

    /** What is to be sealed there; empty when it is sealed with the present key already, or lies elsewhere. */
    private Optional<JsonNode> plainly(String plugin, String pointer, JsonNode value) {
        if (!SecretBox.isSealed(value.asText())) {
            return Placeholders.isIn(value.asText()) ? Optional.empty() : Optional.of(value);
        }
        try {
            return secrets.isUpToDate(value.asText()) ? Optional.empty()
                    : Optional.of(secrets.open(plugin, pointer, value.asText()));
        } catch (SealedShutException e) {
            return Optional.empty();
        }
    }

    @Override
    public void requireUnchanged(String id) {
        try {
            folder.requireUnchanged(id);
        } catch (IOException e) {
            throw unreadable(id, e);
        }
    }

    @Override
    public void write(String id, SettingsFile text) throws IOException {
        folder.write(id, text);
    }

    @Override
    public List<PlannedChange> changes(HubFile schemaNow, SettingsFile now, HubFile schemaThen, SettingsFile then) {
        return then == null ? List.of() : new SettingsChanges(then.plugin(), secrets)
                .between(SettingsSchema.of(schemaNow), now, SettingsSchema.of(schemaThen), then);
    }

    @Override
    public PluginSettings view(String id, HubFile schemaFile, SettingsFile text, long revision,
                               List<PluginSettings.Revision> revisions) {
        SettingsSchema schema;
        JsonNode written;
        try {
            schema = SettingsSchema.of(schemaFile);
            JsonNode root = text.parse().root();
            written = root.isObject() ? root : JsonNodeFactory.instance.objectNode();
        } catch (ProblemException e) { // the plugin's state says what is wrong
            JsonNode nothing = JsonNodeFactory.instance.objectNode();
            return new PluginSettings(id, nothing, nothing, nothing, text.name(), revision, revisions);
        }
        JsonNode effective = schema.withDefaults(schema.moves().withoutGone(written));
        return new PluginSettings(id, schema.source(), schema.secrets().masked(written), schema.secrets().masked(effective),
                text.name(), revision, revisions);
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
