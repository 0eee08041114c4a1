package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Says field by field in what a schema differs from another, for a person; whether it may is for the comparison. */
public final class SchemaChanges {

    private static final List<String> WORDS = List.of("x-key", "x-unit", "x-date", "x-order", "x-stored", "x-capture", "x-index",
            "x-retention");

    private static final List<String> NOTICED = List.of("x-key", "x-unit", "x-date");

    private SchemaChanges() {
    }

    /** A sentence each: {@code new optional field /ward}. Empty when they only differ in what no field shows. */
    public static List<String> between(JsonNode known, JsonNode coming) {
        SchemaFields before = new SchemaFields(known);
        SchemaFields after = new SchemaFields(coming);
        List<String> changes = new ArrayList<>();
        TreeSet<String> pointers = new TreeSet<>(before.pointers());
        pointers.addAll(after.pointers());
        for (String pointer : pointers) {
            Optional<SchemaFields.Field> old = before.find(pointer);
            Optional<SchemaFields.Field> now = after.find(pointer);
            if (old.isEmpty() && now.isPresent()) {
                changes.add("new " + (now.get().required() ? "required" : "optional") + " field " + pointer);
            } else if (old.isPresent() && now.isEmpty()) {
                changes.add("field " + pointer + " removed");
            } else if (old.isPresent()) {
                field(pointer, old.get(), now.get()).ifPresent(changes::add);
            }
        }
        for (String word : WORDS) {
            if (!known.path(word).equals(coming.path(word))) {
                changes.add(word + " " + text(known.path(word)) + " → " + text(coming.path(word)));
            }
        }
        return changes;
    }

    /** What readers notice of it although they can still read every record: which records are one, whose, and what is hidden. */
    public static List<String> noticed(JsonNode known, JsonNode coming) {
        List<String> changes = new ArrayList<>();
        for (String word : NOTICED) {
            if (!known.path(word).equals(coming.path(word))) {
                changes.add(word + " " + text(known.path(word)) + " → " + text(coming.path(word)));
            }
        }
        SchemaFields before = new SchemaFields(known);
        SchemaFields after = new SchemaFields(coming);
        for (String pointer : new TreeSet<>(before.pointers())) {
            Optional<SchemaFields.Field> old = before.find(pointer);
            Optional<SchemaFields.Field> now = after.find(pointer);
            if (old.isPresent() && now.isPresent() && old.get().masked() != now.get().masked()) {
                changes.add("field " + pointer + (now.get().masked() ? " is hidden at capture now" : " is not hidden any more"));
            }
        }
        return changes;
    }

    private static Optional<String> field(String pointer, SchemaFields.Field old, SchemaFields.Field now) {
        List<String> differences = new ArrayList<>();
        if (old.required() != now.required()) {
            differences.add(now.required() ? "required now" : "optional now");
        }
        if (!old.types().equals(now.types())) {
            differences.add("type " + types(old) + " → " + types(now));
        }
        if (old.masked() != now.masked()) {
            differences.add(now.masked() ? "hidden at capture now" : "not hidden at capture any more");
        }
        // what an object holds is told field by field
        if (differences.isEmpty() && !own(old).equals(own(now))) {
            differences.add("its rules changed");
        }
        return differences.isEmpty() ? Optional.empty()
                : Optional.of("field " + pointer + ": " + String.join(", ", differences));
    }

    private static List<JsonNode> own(SchemaFields.Field field) {
        return field.schemas().stream().map(s -> {
            JsonNode copy = s.deepCopy();
            if (copy instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
                object.remove(List.of("properties", "required", "title", "description", "x-title"));
            }
            return copy;
        }).toList();
    }

    private static String types(SchemaFields.Field field) {
        return field.types().isEmpty() ? "any" : String.join(" or ", field.types());
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "(none)" : node.toString();
    }
}
