package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts what {@code ${env:NAME}} and {@code ${file:path}} stand for into the texts of a tree. A relative path counts from
 * the folder of the settings; the line end at the end of a file is not part of its value.
 */
public final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):([^}]*)}");

    private final Path folder;
    private final UnaryOperator<String> environment;

    public Placeholders(Path folder, UnaryOperator<String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * What became of a tree.
     *
     * @param tree     with every placeholder that could be filled
     * @param filled   pointers of the values that were nothing but one placeholder, so that their type is still open
     * @param unfilled pointers of the values whose problem is told already
     */
    record Filled(JsonNode tree, Set<String> filled, Set<String> unfilled) {
    }

    Filled fill(YamlDocument document, List<Problem> problems) {
        Filled result = new Filled(null, new HashSet<>(), new HashSet<>());
        JsonNode tree = fill(document.root(), "", document, result, problems);
        return new Filled(tree, result.filled(), result.unfilled());
    }

    private JsonNode fill(JsonNode node, String pointer, YamlDocument document, Filled seen, List<Problem> problems) {
        if (node.isObject()) {
            ObjectNode copy = ((ObjectNode) node).objectNode();
            node.fields().forEachRemaining(e -> copy.set(e.getKey(),
                    fill(e.getValue(), Pointers.child(pointer, e.getKey()), document, seen, problems)));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = ((ArrayNode) node).arrayNode();
            for (int i = 0; i < node.size(); i++) {
                copy.add(fill(node.get(i), pointer + "/" + i, document, seen, problems));
            }
            return copy;
        }
        return node.isTextual() ? text(node, pointer, document, seen, problems) : node;
    }

    private JsonNode text(JsonNode node, String pointer, YamlDocument document, Filled seen, List<Problem> problems) {
        String text = node.asText();
        Matcher m = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (m.find()) {
            String value;
            try {
                value = m.group(1).equals("env") ? fromEnvironment(m.group(2)) : fromFile(m.group(2));
            } catch (IOException e) {
                problems.add(document.problem("unfilled-placeholder", pointer, e.getMessage(), null));
                seen.unfilled().add(pointer);
                return node;
            }
            if (m.group().length() == text.length()) {
                seen.filled().add(pointer);
            }
            m.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return TextNode.valueOf(m.appendTail(filled).toString());
    }

    private String fromEnvironment(String name) throws IOException {
        String value = environment.apply(name);
        if (value == null) {
            throw new IOException("The environment variable " + name + " is not set. Set it for the hub and start it again.");
        }
        return value;
    }

    private String fromFile(String path) throws IOException {
        Path file = folder.resolve(path);
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new IOException("The file " + path + " can't be read. It must exist, be readable for this user and be UTF-8.",
                    e);
        }
    }
}
