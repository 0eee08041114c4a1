package org.yuzui.contracts.internal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.contracts.Capture;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.contracts.Contract;
import org.yuzui.contracts.ContractViolationException;
import org.yuzui.contracts.MaskedBody;
import org.yuzui.contracts.Violation;
import org.yuzui.kernel.Title;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A contract with everything worked out that can be worked out before a record comes. */
public final class SchemaContract implements Contract {

    /** Longer values don't fit into PostgreSQL's indexes and are no keys that a person would look for. */
    static final int MAX_VALUE = 512;

    private static final ThreadLocal<CanonicalJson> WRITER = ThreadLocal.withInitial(CanonicalJson::new);
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(SchemaContract::sha256);

    /** A property that the hub reads out of every record. */
    record Reading(String pointer, JsonPointer compiled, String format, String dotted, boolean personal) {

        static Reading of(SchemaFields.Field field) {
            return new Reading(field.pointer(), JsonPointer.compile(field.pointer()), field.format(), field.dotted(), field.masked());
        }
    }

    /** The vendor words of a contract; those that may be absent are null. */
    record Words(List<Reading> key, Reading unit, Reading date, Reading order, boolean stored, Capture capture, List<Reading> index,
                 List<Reading> personal) {
    }

    private final String id;
    private final Title title;
    private final String plugin;
    private final JsonNode schema;
    private final Words words;
    private final ZoneId zone;
    private final SchemaCheck check;
    private final MaskPlan masks;
    private final byte[] idBytes;
    private final Optional<Period> retention;
    /** Set by whichever thread is first; no reader needs it at once. */
    private volatile boolean used;

    SchemaContract(String id, Title title, String plugin, JsonNode schema, Words words, ZoneId zone, SchemaCheck check) {
        this.id = id;
        this.title = title;
        this.plugin = plugin;
        this.schema = schema;
        this.words = words;
        this.zone = zone;
        this.check = check;
        this.masks = MaskPlan.of(schema);
        this.idBytes = id.getBytes(StandardCharsets.UTF_8);
        this.retention = retention(schema);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Title title() {
        return title;
    }

    @Override
    public String plugin() {
        return plugin;
    }

    @Override
    public JsonNode schema() {
        return schema;
    }

    @Override
    public boolean stored() {
        return words.stored();
    }

    @Override
    public Optional<Period> retention() {
        return retention;
    }

    @Override
    public Capture capture() {
        return words.capture();
    }

    @Override
    public boolean masks() {
        return masks.hidesSomething();
    }

    @Override
    public MaskedBody mask(JsonNode content) {
        return masks.show(content);
    }

    @Override
    public List<String> maskedFields(JsonNode record) {
        return masks.places(record);
    }

    /** {@code x-retention} of a schema that was accepted. */
    public static Optional<Period> retention(JsonNode schema) {
        return Retention.read(schema.path("x-retention"));
    }

    @Override
    public List<String> keyPointers() {
        return words.key().stream().map(Reading::pointer).toList();
    }

    @Override
    public List<String> indexFields() {
        return words.index().stream().map(Reading::dotted).toList();
    }

    @Override
    public List<String> personalIndexFields() {
        return words.personal().stream().map(Reading::dotted).toList();
    }

    @Override
    public CheckedRecord check(JsonNode record) {
        refuse(Soundness.violations(record));
        refuse(check.violations(record));
        List<Violation> violations = new ArrayList<>(0);
        String key = key(record, violations);
        String unit = words.unit() == null ? null : text(record, words.unit(), violations);
        LocalDate day = words.date() == null ? null : day(record, words.date(), violations);
        String order = words.order() == null ? null : order(record, words.order(), violations);
        Map<String, String> index = index(record, words.index(), violations);
        Map<String, String> personal = index(record, words.personal(), violations);
        refuse(violations);
        ObjectNode body = masks.apply(record);
        byte[] bytes = WRITER.get().write(body);
        if (!used) {
            used = true;
        }
        return new CheckedRecord(identity(key, bytes), id, key, unit, day, order, index, personal, body, bytes);
    }

    /** Whether any record was made under it. */
    public boolean used() {
        return used;
    }

    private void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new ContractViolationException(id, violations);
        }
    }

    private String key(JsonNode record, List<Violation> violations) {
        StringBuilder key = new StringBuilder();
        for (Reading part : words.key()) {
            if (part != words.key().get(0)) {
                key.append('|');
            }
            key.append(escaped(keyPart(record, part, violations)));
        }
        if (key.length() > MAX_VALUE) {
            violations.add(new Violation("", "x-key", "The key is longer than " + MAX_VALUE + " characters."));
        }
        return key.toString();
    }

    private static String keyPart(JsonNode record, Reading part, List<Violation> violations) {
        String text = text(record, part, violations);
        if (text == null || text.isBlank()) {
            violations.add(new Violation(part.pointer(), "x-key", "must not be empty: it is part of the key."));
            return "";
        }
        return text;
    }

    private static String escaped(String part) {
        return part.indexOf('|') < 0 && part.indexOf('\\') < 0 ? part : part.replace("\\", "\\\\").replace("|", "\\|");
    }

    /** The scalar as text; null when it is absent. */
    private static String text(JsonNode record, Reading reading, List<Violation> violations) {
        JsonNode node = record.at(reading.compiled());
        if (node.isNull() || !node.isValueNode()) {
            return null;
        }
        String text = CanonicalJson.text(node);
        if (text.length() > MAX_VALUE) {
            violations.add(new Violation(reading.pointer(), "length",
                    "is longer than " + MAX_VALUE + " characters; the hub keys and indexes by it."));
        }
        return text;
    }

    private LocalDate day(JsonNode record, Reading reading, List<Violation> violations) {
        String text = text(record, reading, violations);
        if (text == null) {
            return null;
        }
        return reading.format().equals("date") ? LocalDate.parse(text)
                : OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDate();
    }

    private static String order(JsonNode record, Reading reading, List<Violation> violations) {
        JsonNode node = record.at(reading.compiled());
        if (node.isNumber()) {
            return OrderText.ofNumber(node).orElseGet(() -> {
                violations.add(new Violation(reading.pointer(), "x-order", "has more than 20 digits before the point."));
                return null;
            });
        }
        String text = text(record, reading, violations);
        return text == null || !reading.format().equals("date-time") ? text
                : OrderText.ofInstant(OffsetDateTime.parse(text).toInstant());
    }

    private static Map<String, String> index(JsonNode record, List<Reading> fields, List<Violation> violations) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        Map<String, String> index = new LinkedHashMap<>();
        for (Reading reading : fields) {
            String text = text(record, reading, violations);
            if (text != null) {
                index.put(reading.dotted(), text);
            }
        }
        return index;
    }

    /** UUID version 8 (RFC 9562: the maker's own scheme): the first 122 free bits of SHA-256 over contract, key, content. */
    private UUID identity(String key, byte[] bytes) {
        MessageDigest sha = SHA_256.get();
        sha.update(idBytes);
        sha.update((byte) 0); // neither an id nor a text of a record holds it, so no two triples make one stream
        sha.update(key.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
        ByteBuffer digest = ByteBuffer.wrap(sha.digest(bytes));
        long high = digest.getLong() & ~0xF000L | 0x8000L;
        long low = digest.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
