package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.yuzui.container.internal.settings.YamlShape.Entry;
import org.yuzui.container.internal.settings.YamlShape.Kind;
import org.yuzui.container.internal.settings.YamlShape.Piece;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Changes the values of a YAML mapping in its text: comments, order, quotes, line ends and all that isn't concerned stay to
 * the byte. After each step the text is parsed again and held against what the step should have come to; a file that is too
 * artful for that is refused, not spoilt.
 */
final class YamlEdit {

    private final String name;
    private final String eol;
    private YamlLines text;
    private YamlShape shape;
    private YamlDocument document;

    /** @throws ProblemException when the text is no mapping, as a sound settings file is */
    YamlEdit(SettingsFile file) {
        this.name = file.name();
        this.eol = YamlLines.eolOf(file.text());
        file.parse(); // before its bytes are taken for characters
        take(file.text());
        if (!document.root().isObject()) {
            throw new ProblemException(document.problem("wrong-type", "", "A mapping is expected here.",
                    "Write 'key: value' lines."));
        }
    }

    String text() {
        return text.toString();
    }

    YamlDocument document() {
        return document;
    }

    private void take(String newText) {
        document = YamlDocument.parse(newText.getBytes(StandardCharsets.UTF_8), name);
        text = new YamlLines(newText, eol);
        shape = YamlShape.of(newText);
    }

    /** @param patch a JSON merge patch (RFC 7386) */
    void merge(ObjectNode patch) {
        merge("", patch);
    }

    private void merge(String pointer, JsonNode patch) {
        patch.properties().forEach(e -> {
            String child = Pointers.child(pointer, e.getKey());
            JsonNode now = document.root().at(child);
            JsonNode value = MergePatch.normal(e.getValue());
            if (value.isNull()) {
                remove(child);
            } else if (value.isObject() && now.isObject()) {
                merge(child, value);
            } else {
                set(child, MergePatch.apply(now, value));
            }
        });
    }

    /** Gives the key a value, and makes the mappings above it that aren't there. */
    void set(String pointer, JsonNode value) {
        if (document.root().at(pointer).equals(value)) {
            return;
        }
        String parent = Pointers.parent(pointer);
        if (!document.root().at(parent).isObject()) {
            String key = Pointers.steps(pointer).get(Pointers.steps(pointer).size() - 1);
            set(parent, ((ObjectNode) MergePatch.normal(document.root())).objectNode().set(key, value));
            return;
        }
        JsonNode expected = with(document.root(), Pointers.steps(pointer), value);
        step(pointer, expected, () -> {
            release(pointer);
            List<String> steps = Pointers.steps(pointer);
            Piece mapping = shape.at(steps.subList(0, steps.size() - 1));
            String key = steps.get(steps.size() - 1);
            Entry entry = mapping == null ? null : mapping.entry(key);
            if (mapping == null || mapping.kind() == Kind.SCALAR) {
                begin(mapping, key, value);
            } else if (entry == null) {
                new YamlEntries(text, shape, mapping).insert(key, value).forEach(text::splice);
            } else if (!(entry.value().kind() == Kind.SEQUENCE && value.isArray()
                    && new YamlItems(text, shape, entry.value()).replace(document.root().at(pointer), value))) {
                new YamlEntries(text, shape, mapping).replace(entry, value).forEach(text::splice);
            }
        });
    }

    /** Takes the key away with its lines and its own comment; no harm if there is none. */
    void remove(String pointer) {
        if (document.root().at(pointer).isMissingNode()) {
            return;
        }
        JsonNode expected = with(document.root(), Pointers.steps(pointer), null);
        step(pointer, expected, () -> {
            release(pointer);
            List<String> steps = Pointers.steps(pointer);
            List<String> above = steps.subList(0, steps.size() - 1);
            Piece mapping = piece(pointer, above);
            if (mapping.entry(steps.get(steps.size() - 1)) == null) { // its key is an alias
                throw tooArtful(pointer, null);
            }
            if (mapping.entries().size() == 1 && !mapping.isFlow() && !above.isEmpty()) {
                Piece outer = piece(pointer, above.subList(0, above.size() - 1));
                new YamlEntries(text, shape, outer).replace(outer.entry(above.get(above.size() - 1)),
                        ((ObjectNode) expected).objectNode()).forEach(text::splice);
            } else {
                new YamlEntries(text, shape, mapping).remove(steps.get(steps.size() - 1)).forEach(text::splice);
            }
        });
    }

    /** Gives a key another name, or another place with the comments that are its own; its value stays. */
    void move(String from, String to) {
        JsonNode value = document.root().at(from);
        List<String> steps = Pointers.steps(from);
        String newKey = Pointers.steps(to).get(Pointers.steps(to).size() - 1);
        if (!Pointers.parent(from).equals(Pointers.parent(to))) {
            release(from);
            YamlComments comments = YamlComments.of(text, shape, steps);
            remove(from);
            set(to, value);
            JsonNode expected = document.root();
            step(to, expected, () -> comments.put(text, shape, Pointers.steps(to)));
            return;
        }
        JsonNode expected = with(with(document.root(), steps, null), Pointers.steps(to), value);
        step(from, expected, () -> {
            release(from);
            Entry entry = piece(from, steps.subList(0, steps.size() - 1)).entry(steps.get(steps.size() - 1));
            if (entry == null) {
                throw tooArtful(from, null);
            }
            text.splice(entry.keyStart(), entry.keyEnd(), YamlWords.key(newKey));
        });
    }

    /** Puts other characters in the place of single values, all at once. Nothing else of the text changes. */
    void setScalars(Map<String, String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        texts.keySet().forEach(this::release);
        JsonNode expected = document.root().deepCopy();
        TreeMap<Integer, String> backwards = new TreeMap<>(Comparator.reverseOrder());
        for (Map.Entry<String, String> e : texts.entrySet()) {
            backwards.put(piece(e.getKey(), Pointers.steps(e.getKey())).start(), e.getKey());
            put(expected, Pointers.steps(e.getKey()), TextNode.valueOf(e.getValue()));
        }
        for (String pointer : backwards.values()) {
            Piece piece = shape.at(Pointers.steps(pointer));
            String tail = text.headerComment(piece);
            text.splice(piece.start(), shape.contentEnd(piece), YamlWords.quoted(texts.get(pointer)) + tail);
        }
        check(backwards.firstEntry().getValue(), expected);
    }

    private Piece piece(String pointer, List<String> steps) {
        Piece piece = shape.at(steps);
        if (piece == null) {
            throw tooArtful(pointer, null);
        }
        return piece;
    }

    private void step(String pointer, JsonNode expected, Runnable edit) {
        edit.run();
        check(pointer, expected);
    }

    private void check(String pointer, JsonNode expected) {
        YamlDocument before = document;
        try {
            take(text.toString());
        } catch (ProblemException e) {
            document = before;
            throw tooArtful(pointer, e);
        }
        if (!document.root().equals(expected)) {
            document = before;
            throw tooArtful(pointer, null);
        }
    }

    private ProblemException tooArtful(String pointer, Exception cause) {
        return new ProblemException(document.problem("settings-not-editable", pointer,
                "The way in which the file is written lets '" + Pointers.dotted(pointer) + "' not be changed here.",
                "Change it in the file by hand, or write the file in a simpler way."), cause);
    }

    private void begin(Piece scalarOrNothing, String key, JsonNode value) {
        if (scalarOrNothing != null && !scalarOrNothing.isEmptyScalar()) {
            text.splice(scalarOrNothing.start(), scalarOrNothing.end(), "{" + YamlWords.key(key) + ": " + YamlWords.inline(value) + "}");
            return;
        }
        String line = YamlWords.key(key) + ":" + YamlWords.afterColon(value, "", "  ", text.eol());
        text.append(line);
    }

    /**
     * Writes out the aliases that the change of a value would meet: on the way to it, and those to an anchor that is changed
     * with it.
     */
    private void release(String pointer) {
        List<String> steps = Pointers.steps(pointer);
        while (true) {
            List<Piece> way = shape.way(steps);
            Piece last = way.isEmpty() ? null : way.get(way.size() - 1);
            if (last != null && last.kind() == Kind.ALIAS) {
                writeOut(Map.of(Pointers.of(steps.subList(0, way.size() - 1)), last));
                continue;
            }
            Set<String> anchors = new HashSet<>();
            way.forEach(p -> addAnchor(p, anchors));
            if (last != null && way.size() == steps.size() + 1) {
                collectAnchors(last, anchors);
            }
            Map<String, Piece> aliases = new LinkedHashMap<>();
            if (shape.root() != null && !anchors.isEmpty()) {
                collectAliases(shape.root(), "", anchors, aliases);
            }
            if (aliases.isEmpty()) {
                return;
            }
            writeOut(aliases);
        }
    }

    private void writeOut(Map<String, Piece> aliases) {
        JsonNode before = document.root();
        List<Map.Entry<String, Piece>> backwards = new ArrayList<>(aliases.entrySet());
        backwards.sort(Comparator.comparing(e -> -e.getValue().start()));
        for (Map.Entry<String, Piece> alias : backwards) {
            text.splice(alias.getValue().start(), alias.getValue().end(), YamlWords.inline(before.at(alias.getKey())));
        }
        check(backwards.get(0).getKey(), before);
    }

    private static void addAnchor(Piece piece, Set<String> anchors) {
        if (piece.anchor() != null && piece.kind() != Kind.ALIAS) {
            anchors.add(piece.anchor());
        }
    }

    private static void collectAnchors(Piece piece, Set<String> anchors) {
        addAnchor(piece, anchors);
        piece.entries().forEach(e -> collectAnchors(e.value(), anchors));
    }

    private static void collectAliases(Piece piece, String pointer, Set<String> anchors, Map<String, Piece> found) {
        if (piece.kind() == Kind.ALIAS && anchors.contains(piece.anchor())) {
            found.put(pointer, piece);
        }
        piece.entries().forEach(e -> collectAliases(e.value(), Pointers.child(pointer, e.key()), anchors, found));
    }

    /** The tree with another value at a place; null takes it away. */
    private static JsonNode with(JsonNode tree, List<String> steps, JsonNode value) {
        JsonNode copy = tree.deepCopy();
        put(copy, steps, value);
        return copy;
    }

    private static void put(JsonNode tree, List<String> steps, JsonNode value) {
        JsonNode parent = tree.at(Pointers.of(steps.subList(0, steps.size() - 1)));
        String key = steps.get(steps.size() - 1);
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(key), value);
        } else if (value == null) {
            ((ObjectNode) parent).remove(key);
        } else {
            ((ObjectNode) parent).set(key, value);
        }
    }
}
