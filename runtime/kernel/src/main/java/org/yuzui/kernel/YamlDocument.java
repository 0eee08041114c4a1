package org.yuzui.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One YAML document as a JSON tree that remembers on which line each value stands, so that every complaint can name its
 * place. Duplicate keys, aliases that explode and bytes that aren't UTF-8 are refused.
 */
public final class YamlDocument {

    private final String name;
    private final JsonNode root;
    private final Map<String, Integer> lines;

    private YamlDocument(String name, JsonNode root, Map<String, Integer> lines) {
        this.name = name;
        this.root = root;
        this.lines = lines;
    }

    /** Reads a file; {@code name} is how messages call it ({@code config/hub.yaml}). */
    public static YamlDocument read(Path file, String name) {
        try {
            return parse(Files.readAllBytes(file), name);
        } catch (IOException e) {
            throw new ProblemException(new Problem("unreadable-file", name,
                    e instanceof NoSuchFileException ? "There is no such file." : "The file can't be read: " + e.getMessage() + ".",
                    "Check that it exists and that this user may read it."), e);
        }
    }

    /** Parses bytes; an empty document is an empty object. */
    public static YamlDocument parse(byte[] bytes, String name) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(new Problem("not-utf-8", name, "The file is not UTF-8.", "Save it as UTF-8."), e);
        }
        Map<String, Integer> lines = new HashMap<>();
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).setMaxAliasesForCollections(20)
                    .setAllowNonScalarKeys(true).build(); // refused below, with their line
            JsonNode root = new Compose(settings).composeString(text)
                    .map(n -> convert(n, "", name, lines))
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            return new YamlDocument(name, root.isNull() ? JsonNodeFactory.instance.objectNode() : root, lines);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
            // Without the cause: it quotes the text around the place, which may be a password.
            throw new ProblemException(new Problem("bad-yaml", line > 0 ? name + ":" + line : name,
                    "This is not valid YAML: " + harmless(e.getProblem()) + ".", "Look at the indentation and the quotes there."));
        } catch (YamlEngineException e) {
            throw new ProblemException(new Problem("bad-yaml", name, "This is not valid YAML: " + e.getMessage(), null), e);
        }
    }

    public String name() {
        return name;
    }

    public JsonNode root() {
        return root;
    }

    /** {@code file:line} of the value at a JSON pointer, or of the nearest parent that has a line. */
    public String place(String pointer) {
        String p = pointer;
        while (!p.isEmpty() && !lines.containsKey(p)) {
            p = p.substring(0, p.lastIndexOf('/'));
        }
        Integer line = lines.get(p);
        return line == null ? name : name + ":" + line;
    }

    /** A problem at a pointer of this document; the place is {@code file:line key}. */
    public Problem problem(String code, String pointer, String message, String cure) {
        String key = pointer.isEmpty() ? "" : " " + pointer.substring(1).replace('/', '.');
        return new Problem(code, place(pointer) + key, message, cure);
    }

    /** Refuses a key of the object at {@code pointer} that isn't among {@code known}, naming the nearest. */
    public void requireKnownKeys(String pointer, Collection<String> known) {
        JsonNode node = root.at(pointer);
        if (!node.isObject()) {
            throw new ProblemException(problem("wrong-type", pointer, "A mapping is expected here.", null));
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw new ProblemException(problem("unknown-key", pointer + "/" + escape(key),
                        "The key '" + key + "' is not known.", KnownKeys.cure(key, known)));
            }
        });
    }

    /** The text at a pointer; refuses when it is missing or not a text. */
    public String requireText(String pointer) {
        JsonNode node = root.at(pointer);
        if (!node.isTextual() || node.asText().isBlank()) {
            String key = pointer.substring(pointer.lastIndexOf('/') + 1);
            throw new ProblemException(problem("missing-key", pointer, "'" + key + "' is missing or not a text.",
                    "Write '" + key + ": …'."));
        }
        return node.asText();
    }

    /** A password that begins with a star is read as an alias, and must not be repeated. */
    private static String harmless(String problem) {
        return problem.startsWith("found undefined alias") ? "an unquoted text begins with '*'" : problem;
    }

    private static JsonNode convert(Node node, String pointer, String name, Map<String, Integer> lines) {
        node.getStartMark().ifPresent(m -> lines.putIfAbsent(pointer, m.getLine() + 1));
        if (node.isRecursive()) {
            throw new ProblemException(new Problem("bad-yaml", name + ":" + lines.get(pointer),
                    "An alias stands inside of what it stands for.", "Write it out."));
        }
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            Set<String> seen = new HashSet<>();
            for (NodeTuple tuple : mapping.getValue()) {
                int line = tuple.getKeyNode().getStartMark().map(m -> m.getLine() + 1).orElse(0);
                if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                    throw new ProblemException(new Problem("bad-yaml", name + ":" + line, "A list or a mapping is no key.",
                            "Put a text in quotes."));
                }
                String key = keyNode.getValue();
                if (!seen.add(key)) {
                    throw new ProblemException(new Problem("duplicate-key", name + ":" + line,
                            "The key '" + key + "' stands here twice.", "Remove one of them."));
                }
                String child = pointer + "/" + escape(key);
                lines.put(child, line);
                object.set(key, convert(tuple.getValueNode(), child, name, lines));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            int i = 0;
            for (Node item : sequence.getValue()) {
                array.add(convert(item, pointer + "/" + i++, name, lines));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        String value = node.getValue();
        Tag tag = node.getTag();
        if (Tag.NULL.equals(tag)) {
            return json.nullNode();
        }
        if (Tag.BOOL.equals(tag)) {
            return json.booleanNode(Boolean.parseBoolean(value));
        }
        try {
            if (Tag.INT.equals(tag)) {
                BigInteger big = new BigInteger(value);
                return big.bitLength() < 32 ? json.numberNode(big.intValue())
                        : big.bitLength() < 64 ? json.numberNode(big.longValue()) : json.numberNode(big);
            }
            if (Tag.FLOAT.equals(tag)) {
                return json.numberNode(new BigDecimal(value));
            }
        } catch (NumberFormatException e) {
            return json.textNode(value); // 0x1F, .inf: a text to us, the schema will say what it wants
        }
        return json.textNode(value);
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
