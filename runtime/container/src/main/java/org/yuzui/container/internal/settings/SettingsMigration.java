package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.container.internal.settings.SecretBox.SealedShutException;
import org.yuzui.kernel.ProblemException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings the text of a settings file to what a version with another schema expects, by what that schema says of the past. */
final class SettingsMigration {

    private final SettingsSchema schema;
    private final SecretBox secrets;
    private final SettingsFile file;
    private final YamlEdit edit;
    /** What moved so far, old pointer to new. */
    private final Map<String, String> moved = new LinkedHashMap<>();

    SettingsMigration(SettingsSchema schema, SecretBox secrets, SettingsFile file) {
        this.schema = schema;
        this.secrets = secrets;
        this.file = file;
        this.edit = new YamlEdit(file);
    }

    /** @throws ProblemException when a setting stands at its old place and at its new one */
    SettingsFile run() {
        for (SettingsMoves.Was was : schema.moves().was()) {
            for (List<String> before : was.before()) {
                new ArrayList<>(SettingsMoves.found(edit.document().root(), translated(before)).entrySet()).forEach(old -> {
                    String to = SettingsMoves.filled(was.now(), old.getValue());
                    if (to != null && !to.equals(old.getKey()) && !schema.secrets().isNamed(old.getKey())) {
                        move(old.getKey(), to);
                    }
                });
            }
        }
        for (SettingsMoves.Gone gone : schema.moves().gone()) {
            if (gone.drop()) {
                new ArrayList<>(SettingsMoves.found(edit.document().root(), translated(gone.path())).keySet())
                        .forEach(edit::remove);
            }
        }
        return file.bytes() == null ? file : file.withText(edit.text());
    }

    /** An old path names what was there before the mapping around it moved. */
    private List<String> translated(List<String> path) {
        List<String> now = path;
        for (Map.Entry<String, String> move : moved.entrySet()) {
            List<String> from = Pointers.steps(move.getKey());
            if (now.size() > from.size() && now.subList(0, from.size()).equals(from)) {
                List<String> steps = new ArrayList<>(Pointers.steps(move.getValue()));
                steps.addAll(now.subList(from.size(), now.size()));
                now = steps;
            }
        }
        return now;
    }

    private void move(String from, String to) {
        JsonNode root = edit.document().root();
        if (!root.at(to).isMissingNode()) {
            throw new ProblemException(edit.document().problem("moved-setting", from, "'" + Pointers.dotted(from)
                    + "' is called '" + Pointers.dotted(to) + "' in this version, and that stands there too.",
                    "Remove one of the two."));
        }
        Map<String, JsonNode> opened = new HashMap<>();
        open(root.at(from), from, to, opened);
        edit.move(from, to);
        Map<String, String> sealed = new HashMap<>();
        opened.forEach((pointer, value) -> sealed.put(pointer, secrets.seal(file.plugin(), pointer, value)));
        edit.setScalars(sealed);
        moved.put(from, to);
    }

    /** A secret is bound to its place, so it is sealed anew at the other one. */
    private void open(JsonNode node, String from, String to, Map<String, JsonNode> opened) {
        node.properties().forEach(e ->
                open(e.getValue(), Pointers.child(from, e.getKey()), Pointers.child(to, e.getKey()), opened));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            open(node.get(i), from + "/" + i, to + "/" + i, opened);
        }
        if (node.isTextual() && SecretBox.isSealed(node.asText())) {
            try {
                opened.put(to, secrets.open(file.plugin(), from, node.asText()));
            } catch (SealedShutException e) {
                // It moves as it is, and whoever reads it says so.
                return;
            }
        }
    }
}
