package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.yuzui.container.internal.settings.SecretBox.SealedShutException;
import org.yuzui.kernel.OwnerFile;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts what {@code ${env:NAME}}, {@code ${file:path}}, {@code ${generated:path}} and {@code ${secret:…}} stand for into the texts of
 * a tree. A relative path counts from the folder of the settings; the line end at the end of a file is not part of its value. A
 * generated file is a file that is made, for its owner alone and with a random text, when it isn't there.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file|generated|secret):([^}]*)}");

    private static final int RANDOM_BYTES = 32;

    private final Path folder;
    private final UnaryOperator<String> environment;
    private final SecretBox secrets;

    Placeholders(Path folder, UnaryOperator<String> environment, SecretBox secrets) {
        this.folder = folder;
        this.environment = environment;
        this.secrets = secrets;
    }

    static boolean isIn(String text) {
        return PLACEHOLDER.matcher(text).find();
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

    Filled fill(JsonNode tree, String plugin, Places places, List<Problem> problems) {
        Filling filling = new Filling(plugin, places, problems, new HashSet<>(), new HashSet<>());
        return new Filled(fill(tree, "", filling), filling.filled(), filling.unfilled());
    }

    private record Filling(String plugin, Places places, List<Problem> problems, Set<String> filled, Set<String> unfilled) {

        void leaveOut(String pointer, Problem problem) {
            problems.add(problem);
            unfilled.add(pointer);
        }
    }

    private JsonNode fill(JsonNode node, String pointer, Filling filling) {
        if (node.isObject()) {
            ObjectNode copy = ((ObjectNode) node).objectNode();
            node.properties().forEach(e -> copy.set(e.getKey(),
                    fill(e.getValue(), Pointers.child(pointer, e.getKey()), filling)));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = ((ArrayNode) node).arrayNode();
            for (int i = 0; i < node.size(); i++) {
                copy.add(fill(node.get(i), pointer + "/" + i, filling));
            }
            return copy;
        }
        return node.isTextual() ? text(node, pointer, filling) : node;
    }

    private JsonNode text(JsonNode node, String pointer, Filling filling) {
        String text = node.asText();
        Matcher m = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (m.find()) {
            JsonNode value;
            try {
                value = value(m, pointer, filling.plugin());
            } catch (IOException e) {
                filling.leaveOut(pointer, filling.places().problem("unfilled-placeholder", pointer, e.getMessage(), null));
                return node;
            } catch (SealedShutException e) {
                filling.leaveOut(pointer, filling.places().problem("secret-not-readable", pointer, "The secret can't be decrypted. "
                        + e.getMessage(), "Set it again: yuzui plugin set " + filling.plugin() + " " + Pointers.dotted(pointer)
                        + "=…, or put the key file back from a backup."));
                return node;
            }
            if (m.group().length() == text.length()) {
                if (m.group(1).equals("secret")) {
                    return value;
                }
                filling.filled().add(pointer);
            }
            m.appendReplacement(filled, Matcher.quoteReplacement(value.asText()));
        }
        return TextNode.valueOf(m.appendTail(filled).toString());
    }

    private JsonNode value(Matcher placeholder, String pointer, String plugin) throws IOException, SealedShutException {
        String what = placeholder.group(2);
        return switch (placeholder.group(1)) {
            case "env" -> TextNode.valueOf(fromEnvironment(what));
            case "file" -> TextNode.valueOf(fromFile(what));
            case "generated" -> TextNode.valueOf(generated(what));
            default -> secrets.open(plugin, pointer, placeholder.group());
        };
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

    private String generated(String path) throws IOException {
        Path file = folder.resolve(path);
        if (!Files.exists(file)) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            try {
                OwnerFile.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
            } catch (IOException e) {
                throw new IOException("The file " + path + " can't be made. Its folder must exist and be writable for this user.", e);
            }
        }
        return fromFile(path);
    }
}
