package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.contracts.Capture;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginException;
import org.yuzui.spi.Mask;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * What valid JSON Schema may still have wrong: words that nobody knows (JSON Schema would pass over them in silence),
 * references that leave the file or end nowhere, and personal fields that no mask can hide.
 */
final class SchemaLint {

    private static final Set<String> SENSITIVITIES = Set.of("public", "internal", "personal", "secret");

    private final JsonNode root;
    private final SchemaFields fields;
    private final Complaint complaint;

    /** Makes the exception for a pointer of the file. */
    @FunctionalInterface
    interface Complaint {
        PluginException of(String code, String pointer, String message, String cure);
    }

    SchemaLint(JsonNode root, SchemaFields fields, Complaint complaint) {
        this.root = root;
        this.fields = fields;
        this.complaint = complaint;
    }

    void run() {
        SchemaVocabulary.walk(root, "", (schema, pointer) -> {
            schema.fieldNames().forEachRemaining(word -> word(word, pointer));
            reference(schema, pointer);
            endless(schema, pointer);
            sensitivity(schema, pointer);
        });
        JsonNode stored = root.get("x-stored");
        if (stored != null && !stored.isBoolean()) {
            throw complaint.of("wrong-type", "/x-stored", "x-stored is true or false.", null);
        }
        JsonNode capture = root.get("x-capture");
        if (capture != null && (!capture.isTextual() || Capture.of(capture.asText()).isEmpty())) {
            throw complaint.of("bad-capture", "/x-capture", "x-capture says what is kept of a record on its way: "
                    + String.join(", ", Capture.words()) + ".", KnownKeys.cure(capture.asText(), Capture.words()));
        }
        JsonNode retention = root.get("x-retention");
        if (retention != null && Retention.read(retention).isEmpty()) {
            throw complaint.of("bad-retention", "/x-retention", "x-retention is no time in days, weeks, months or years.",
                    "Write for example \"P90D\" or \"P1Y\"; at least a day, at most a hundred years.");
        }
    }

    private void word(String word, String pointer) {
        String place = pointer + "/" + SchemaVocabulary.escape(word);
        if (!SchemaVocabulary.words().contains(word)) {
            throw complaint.of("unknown-keyword", place, "The keyword '" + word + "' is not known in a contract.",
                    KnownKeys.nearest(word, SchemaVocabulary.words()).map(k -> "Did you mean '" + k + "'?")
                            .orElse("Remove it; notes belong into '$comment'."));
        }
        if (!pointer.isEmpty() && (SchemaVocabulary.ROOT_WORDS.contains(word) || word.equals("$id"))) {
            throw complaint.of("misplaced-keyword", place, "'" + word + "' speaks of the whole contract.",
                    "Move it to the top of the file.");
        }
    }

    private void reference(JsonNode schema, String pointer) {
        JsonNode reference = schema.get("$ref");
        if (reference == null) {
            return;
        }
        if (!reference.asText().startsWith("#")) {
            throw complaint.of("remote-reference", pointer + "/$ref", "The reference leaves this file.",
                    "Copy what it names under '$defs' and write #/$defs/name; the hub fetches no schemas.");
        }
        if (fields.target(reference.asText()).isEmpty()) {
            throw complaint.of("bad-reference", pointer + "/$ref", "Nothing stands at " + reference.asText() + ".",
                    "Write a JSON pointer such as #/$defs/name.");
        }
    }

    /** A schema that asks itself about the same value would never answer. */
    private void endless(JsonNode schema, String pointer) {
        Set<JsonNode> seen = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>(fields.inPlace(schema));
        while (!open.isEmpty()) {
            JsonNode next = open.pop();
            if (next == schema) { // this very place, not one that looks alike
                throw complaint.of("bad-reference", pointer, "This schema refers to itself for the same value.",
                        "Let it refer to itself only for a property or an item.");
            }
            if (seen.add(next)) {
                open.addAll(fields.inPlace(next));
            }
        }
    }

    private void sensitivity(JsonNode schema, String pointer) {
        JsonNode sensitivity = schema.get("x-sensitivity");
        if (sensitivity != null && !SENSITIVITIES.contains(sensitivity.asText())) {
            throw complaint.of("bad-sensitivity", pointer + "/x-sensitivity",
                    "'" + sensitivity.asText() + "' is no sensitivity.", KnownKeys.cure(sensitivity.asText(), SENSITIVITIES));
        }
        JsonNode mask = schema.get("x-mask");
        if (mask != null) {
            try {
                Mask.named(mask.asText());
            } catch (IllegalArgumentException e) {
                throw complaint.of("bad-mask", pointer + "/x-mask", e.getMessage(), null);
            }
        }
        if (!SchemaFields.isMasked(schema)) {
            return;
        }
        for (String type : SchemaFields.types(schema)) {
            if (Set.of("number", "integer", "boolean").contains(type)) {
                throw complaint.of("unmaskable-field", pointer, "A field of type " + type + " can't be masked.",
                        "Declare it as string, or leave what is personal out of the record.");
            }
        }
    }
}
