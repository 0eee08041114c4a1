package org.yuzui.plugin.hr.roster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * What a roster changes: compared with the unit's people in the record store, which is read part by part. A person's record has
 * a revision, and a change is of the revision that it leads to; so a comparison that is made again, when some of the records are
 * there already, leads to the same ones. Not thread-safe.
 */
public final class Comparison {

    public static final String JOINED = "joined";
    public static final String MOVED = "moved";
    public static final String LEFT = "left";
    public static final String RETIRED = "retired";
    public static final String RETURNED = "returned";

    private static final int SMALL = 4_000;
    private static final int MEDIUM = 100_000;
    /** So many people are asked for one by one; more are read with the others of their unit. */
    private static final int FEW = 200;

    private final Roster roster;
    private final boolean baseline;
    private final Map<String, Person> fresh;
    private final List<Update> updates = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int before;
    private int after;

    /**
     * Begins with what nobody is compared to.
     *
     * @param baseline whether there was no roster before: then nobody has joined
     */
    public Comparison(Roster roster, boolean baseline) {
        this.roster = roster;
        this.baseline = baseline;
        this.fresh = new HashMap<>(roster.people());
    }

    /**
     * Some of a unit's people.
     *
     * @param person one alone; null for those of the slices from {@code from} to {@code to}
     */
    public record Part(String person, String from, String to) {
    }

    /** A new content of a person's record. */
    private static final class Update {
        private final Person person;
        private final Person old;
        private final int revision;
        private final String kind;
        private final String leftOn;
        private String fromUnit;

        private Update(Person person, Person old, int revision, String kind, String leftOn) {
            this.person = person;
            this.old = old;
            this.revision = revision;
            this.kind = kind;
            this.leftOn = leftOn;
        }
    }

    /** What has to be read, each part small enough for the memory. @param known how many people the unit had */
    public List<Part> parts(int known) {
        List<Part> parts = new ArrayList<>();
        if (!roster.whole() && fresh.size() <= FEW) {
            fresh.keySet().stream().sorted().forEach(p -> parts.add(new Part(p, null, null)));
            return parts;
        }
        return slices(Math.max(known, fresh.size()));
    }

    /** All of a unit of so many people. */
    public static List<Part> slices(int people) {
        List<Part> parts = new ArrayList<>();
        int step = people <= SMALL ? 256 : people <= MEDIUM ? 16 : 4;
        for (int slice = 0; slice < 256; slice += step) {
            parts.add(new Part(null, String.format("%02x", slice), String.format("%02x", slice + step - 1)));
        }
        return parts;
    }

    /** Compares with records of {@code hr.person.v1}; each of the unit's must come once. */
    public void take(List<JsonNode> records) {
        for (JsonNode record : records) {
            Person old = Person.of(record);
            Person now = fresh.remove(old.number());
            before += old.isActive() ? 1 : 0;
            if (now != null) {
                compare(old, now, record);
            } else if (roster.whole() && old.isActive()) {
                update(old.in(Person.LEFT), old, record, LEFT);
            } else {
                after += old.isActive() ? 1 : 0;
            }
        }
    }

    private void compare(Person old, Person now, JsonNode record) {
        after += now.isActive() ? 1 : 0;
        if (now.says(old)) {
            return;
        }
        String kind = null;
        if (old.isActive() && now.state().equals(Person.LEFT)) {
            kind = LEFT;
        } else if (old.isActive() && now.state().equals(Person.RETIRED)) {
            kind = RETIRED;
        } else if (!old.isActive() && now.isActive()) {
            kind = RETURNED;
        } else if (now.isActive() && hasMoved(old, now)) {
            kind = MOVED;
        }
        update(now, old, record, kind);
    }

    private static boolean hasMoved(Person old, Person now) {
        for (Field field : List.of(Field.DEPARTMENT, Field.POSITION, Field.CATEGORY, Field.POST)) {
            if (!Objects.equals(old.get(field), now.get(field))) {
                return true;
            }
        }
        return false;
    }

    private void update(Person now, Person old, JsonNode record, String kind) {
        String leftOn = now.isActive() ? null : old.isActive() ? roster.day().toString() : record.path("leftOn").asText(null);
        String told = baseline ? null : kind;
        add(new Update(now, old, record.path("revision").asInt() + 1, told, leftOn));
    }

    private void add(Update update) {
        updates.add(update);
        if (update.kind != null) {
            counts.merge(update.kind, 1, Integer::sum);
        }
    }

    /** To be called when all parts are read: who is left over is new. */
    public void end() {
        for (Person person : fresh.values()) {
            after += person.isActive() ? 1 : 0;
            add(new Update(person, null, 1, baseline || !person.isActive() ? null : JOINED, person.isActive() ? null : roster.day().toString()));
        }
        fresh.clear();
        updates.sort((a, b) -> a.person.number().compareTo(b.person.number()));
    }

    /** Those who joined and whose identity may be known in another unit. */
    public List<String> identities() {
        List<String> identities = new ArrayList<>();
        for (Update update : updates) {
            if (JOINED.equals(update.kind) && update.person.identity() != null) {
                identities.add(update.person.identity());
            }
        }
        return identities;
    }

    /** Somebody who joined was in another unit before: it is a move. */
    public void cameFrom(String identity, String unit) {
        for (Update update : updates) {
            if (JOINED.equals(update.kind) && identity.equals(update.person.identity())) {
                update.fromUnit = unit;
            }
        }
    }

    public int count(String kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** How many were active before; of the people that were read, when the roster isn't whole. */
    public int before() {
        return before;
    }

    public int after() {
        return after;
    }

    public boolean changesNothing() {
        return updates.isEmpty();
    }

    public boolean isBaseline() {
        return baseline;
    }

    public Roster roster() {
        return roster;
    }

    /** {@code hr.change.v1}; to be durable before any {@link #people} is, as they are not found again afterwards. */
    public Iterator<List<ObjectNode>> changes(int atATime) {
        return lists(atATime, (update, list) -> update.kind != null && list.add(change(update)));
    }

    /** {@code hr.person.v1}. */
    public Iterator<List<ObjectNode>> people(int atATime) {
        return lists(atATime, (update, list) -> list.add(person(update)));
    }

    private Iterator<List<ObjectNode>> lists(int atATime, BiPredicate<Update, List<ObjectNode>> maker) {
        return new Iterator<>() {
            private int next;
            private List<ObjectNode> list = fill();

            private List<ObjectNode> fill() {
                List<ObjectNode> filled = new ArrayList<>();
                while (next < updates.size() && filled.size() < atATime) {
                    maker.test(updates.get(next++), filled);
                }
                return filled;
            }

            @Override
            public boolean hasNext() {
                return !list.isEmpty();
            }

            @Override
            public List<ObjectNode> next() {
                List<ObjectNode> given = list;
                list = fill();
                return given;
            }
        };
    }

    private ObjectNode person(Update update) {
        ObjectNode record = update.person.record(roster.unit());
        if (update.leftOn != null) {
            record.put("leftOn", update.leftOn);
        }
        record.put("asOf", roster.day().toString());
        record.put("revision", update.revision);
        return record;
    }

    private ObjectNode change(Update update) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", roster.unit());
        record.put("person", update.person.number());
        record.put("revision", update.revision);
        record.put("kind", update.fromUnit == null ? update.kind : MOVED);
        record.put("day", roster.day().toString());
        record.put("category", update.person.get(Field.CATEGORY));
        record.put("roster", roster.id());
        if (update.fromUnit != null) {
            record.put("fromUnit", update.fromUnit);
        }
        if (update.old != null) {
            differing(record, update, Field.DEPARTMENT, "Department");
            differing(record, update, Field.POSITION, "Position");
            differing(record, update, Field.CATEGORY, "Category");
        }
        return record;
    }

    private static void differing(ObjectNode record, Update update, Field field, String name) {
        String from = update.old.get(field);
        String to = update.person.get(field);
        if (!Objects.equals(from, to)) {
            if (from != null) {
                record.put("from" + name, from);
            }
            if (to != null) {
                record.put("to" + name, to);
            }
        }
    }

    /** A mark of all that it changes: the same changes have the same, whatever else was read with them. */
    public String fingerprint() {
        MessageDigest sha = Roster.sha256();
        for (Update update : updates) {
            ObjectNode record = person(update);
            record.remove(List.of("asOf", "leftOn"));
            sha.update(record.toString().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha.digest(), 0, 6);
    }
}
