package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.kernel.YamlDocument;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random files, random patches: what is parsed afterwards is the patch applied to what was parsed before, and every key that
 * the patch leaves alone still has its line and its comments.
 */
class YamlEditPropertyTest {

    private static final int FILES = 1_500;
    private static final List<String> KEYS = List.of("a", "b", "c", "listen", "port", "机构", "x-y", "with space", "a/b", "~t", "1",
            "true", "null");
    private static final List<String> TEXTS = List.of("plain", "two words", "with: colon", "with # hash", "", " ", "true", "null",
            "1.5", "it's", "say \"x\"", "两行\nzwei\n", "\ttab", "😀 face", "{brace}", "[x", "- dash", "${env:NAME}", "*star", "&amp", "~",
            "C:\\dir", "---", "trailing ", "0x1F", "2026-01-01", "http://h:1/p?q=1&r#f", "\u0085\u2028", "a\r\nb");

    private final JsonNodeFactory json = JsonNodeFactory.instance;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void editThenParseIsParseThenPatch(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < FILES; i++) {
            Writer file = new Writer(random);
            String text = file.write(object(random, 3));
            ObjectNode tree = (ObjectNode) YamlDocument.parse(text.getBytes(UTF_8), "").root();
            ObjectNode patch = patch(random, tree, 3);
            SettingsFile before = new SettingsFile("config/plugins/his.yaml", text.getBytes(UTF_8));
            String after = edited(before, patch, seed, i);

            String story = "seed " + seed + ", file " + i + "\n" + text + "\n--- " + patch + "\n" + after;
            assertThat(YamlDocument.parse(after.getBytes(UTF_8), "").root()).as(story)
                    .isEqualTo(MergePatch.apply(tree, MergePatch.normal(patch)));
            untouched(tree, patch, "", pointer -> file.linesOf(pointer).forEach(line ->
                    assertThat(after).as(story).contains(line)));
            if (text.contains("\r\n")) {
                assertThat(after.replace("\r\n", "")).as(story).doesNotContain("\n");
            }
        }
    }

    private static String edited(SettingsFile before, ObjectNode patch, long seed, int i) {
        try {
            YamlEdit edit = new YamlEdit(before);
            edit.merge(patch);
            return edit.text();
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ", file " + i + "\n" + before.text() + "\n--- " + patch, e);
        }
    }

    /** Leaves whose way the patch doesn't meet. */
    private static void untouched(JsonNode tree, JsonNode patch, String pointer, Consumer<String> leaf) {
        tree.properties().forEach(e -> {
            String child = Pointers.child(pointer, e.getKey());
            JsonNode change = patch.path(e.getKey());
            if (e.getValue().isObject() && !e.getValue().isEmpty() && (change.isObject() || change.isMissingNode())) {
                untouched(e.getValue(), change, child, leaf);
            } else if (change.isMissingNode() && !e.getValue().isContainerNode()) {
                leaf.accept(child);
            }
        });
    }

    private ObjectNode object(Random random, int depth) {
        ObjectNode object = json.objectNode();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            object.set(pick(random, KEYS), value(random, depth - 1));
        }
        return object;
    }

    private JsonNode value(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 7);
        return switch (kind) {
            case 0 -> json.numberNode(random.nextInt(100_000));
            case 1 -> json.booleanNode(random.nextBoolean());
            case 2 -> MergePatch.normal(json.numberNode(random.nextInt(1000) / 8.0));
            case 3 -> json.nullNode();
            case 7 -> array(random, depth);
            case 8, 9 -> object(random, depth);
            default -> json.textNode(pick(random, TEXTS));
        };
    }

    private ArrayNode array(Random random, int depth) {
        ArrayNode array = json.arrayNode();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            array.add(value(random, depth - 1));
        }
        return array;
    }

    private ObjectNode patch(Random random, ObjectNode tree, int depth) {
        ObjectNode patch = json.objectNode();
        tree.properties().forEach(e -> {
            switch (random.nextInt(5)) {
                case 0 -> patch.set(e.getKey(), json.nullNode());
                case 1 -> patch.set(e.getKey(), value(random, depth - 1));
                case 2 -> patch.set(e.getKey(), e.getValue() instanceof ObjectNode o ? patch(random, o, depth - 1)
                        : e.getValue() instanceof ArrayNode a ? shuffled(random, a) : value(random, depth - 1));
                default -> { }
            }
        });
        if (random.nextInt(3) == 0) {
            patch.set(pick(random, KEYS), value(random, depth - 1));
        }
        return patch;
    }

    private ArrayNode shuffled(Random random, ArrayNode list) {
        ArrayNode changed = list.deepCopy();
        if (!changed.isEmpty() && random.nextBoolean()) {
            changed.remove(random.nextInt(changed.size()));
        }
        if (random.nextBoolean()) {
            changed.insert(random.nextInt(changed.size() + 1), value(random, 1));
        }
        return changed;
    }

    private static <T> T pick(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Writes a tree in one of the many ways in which people do. */
    private static final class Writer {

        private final Random random;
        private final String eol;
        private final String step;
        private final boolean flowRoot;
        private final StringBuilder out = new StringBuilder();
        private final List<String> marks = new ArrayList<>();

        Writer(Random random) {
            this.random = random;
            this.eol = random.nextInt(4) == 0 ? "\r\n" : "\n";
            this.step = random.nextInt(3) == 0 ? "    " : "  ";
            this.flowRoot = random.nextInt(12) == 0;
        }

        String write(ObjectNode tree) {
            if (random.nextInt(10) == 0) {
                out.append('\uFEFF');
            }
            if (random.nextInt(3) == 0) {
                out.append("# Settings of the plugin").append(eol).append(random.nextBoolean() ? eol : "");
            }
            if (random.nextInt(8) == 0) {
                out.append("---").append(eol);
            }
            if (flowRoot || tree.isEmpty() && random.nextBoolean()) {
                out.append(flow(tree)).append(eol);
            } else {
                block(tree, "", "", "");
            }
            if (random.nextInt(5) == 0) {
                out.append("# the end").append(eol);
            }
            if (random.nextInt(6) == 0 && out.toString().endsWith(eol) && !endsWithKeptText(tree)) {
                out.setLength(out.length() - eol.length());
            }
            return out.toString();
        }

        private static boolean endsWithKeptText(JsonNode node) {
            JsonNode last = node;
            while (last.isContainerNode() && !last.isEmpty()) {
                List<JsonNode> all = new ArrayList<>();
                last.forEach(all::add);
                last = all.get(all.size() - 1);
            }
            return last.isTextual() && last.textValue().endsWith("\n");
        }

        List<String> linesOf(String pointer) {
            return marks.stream().filter(m -> m.endsWith("about " + pointer + ".")).toList();
        }

        private void block(ObjectNode object, String pointer, String first, String indent) {
            String lead = first;
            for (String key : new ArrayList<>(toList(object))) {
                String child = Pointers.child(pointer, key);
                if (!lead.isEmpty() || random.nextInt(4) > 0) {
                    out.append(lead);
                } else {
                    out.append(random.nextBoolean() ? eol : "").append("# above ").append(Pointers.dotted(child)).append(eol);
                }
                out.append(lead.isEmpty() ? indent : "").append(key(key)).append(':');
                value(object.get(key), child, indent);
                lead = "";
            }
        }

        private static List<String> toList(ObjectNode object) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            return keys;
        }

        private void value(JsonNode value, String pointer, String indent) {
            if (value instanceof ObjectNode object && !object.isEmpty() && random.nextInt(3) > 0) {
                out.append(random.nextInt(3) == 0 ? "  # on " + Pointers.dotted(pointer) : "").append(eol);
                block(object, pointer, "", indent + step);
            } else if (value instanceof ArrayNode array && !array.isEmpty() && random.nextBoolean()) {
                out.append(eol);
                String inner = random.nextBoolean() ? indent : indent + step;
                for (JsonNode item : array) {
                    if (random.nextInt(4) == 0) {
                        out.append(inner).append("# an item").append(eol);
                    }
                    out.append(inner).append("- ");
                    if (item instanceof ObjectNode object && !object.isEmpty() && random.nextBoolean()) {
                        block(object, pointer, "\0", inner + "  ");
                        out.deleteCharAt(out.indexOf("\0"));
                    } else {
                        out.append(flow(item)).append(random.nextInt(3) == 0 ? " # item" : "").append(eol);
                    }
                }
            } else if (value.isTextual() && value.textValue().endsWith("\n") && random.nextBoolean()) {
                out.append(' ').append(random.nextBoolean() ? "|" : "|+").append(random.nextBoolean() ? " # text" : "").append(eol);
                for (String line : value.textValue().split("\n")) {
                    out.append(indent).append(step).append(line).append(eol);
                }
            } else if (value.isNull() && random.nextBoolean()) {
                out.append(random.nextBoolean() ? " # nothing" : "").append(eol);
            } else {
                String comment = "# about " + pointer + ".";
                String word = flow(value);
                out.append(' ').append(word).append("  ").append(comment).append(eol);
                if (!value.isContainerNode()) {
                    marks.add(": " + word + "  " + comment);
                }
            }
        }

        private String key(String key) {
            return key.matches("[a-z-]+") && random.nextInt(3) > 0 ? key : YamlWords.quoted(key);
        }

        private String flow(JsonNode value) {
            if (value.isContainerNode()) {
                List<String> parts = new ArrayList<>();
                value.properties().forEach(e -> parts.add(key(e.getKey()) + ": " + flow(e.getValue())));
                if (value.isArray()) {
                    value.forEach(v -> parts.add(flow(v)));
                }
                String gap = random.nextInt(4) == 0 ? " " : "";
                String comma = !parts.isEmpty() && random.nextInt(5) == 0 ? "," : "";
                return (value.isArray() ? "[" : "{") + gap + String.join(random.nextBoolean() ? ", " : " , ", parts) + comma + gap
                        + (value.isArray() ? "]" : "}");
            }
            if (value.isTextual() && random.nextInt(3) == 0) {
                return YamlWords.scalar(value, '\'');
            }
            return value.isTextual() && random.nextBoolean() ? YamlWords.quoted(value.textValue()) : YamlWords.inline(value);
        }
    }
}
