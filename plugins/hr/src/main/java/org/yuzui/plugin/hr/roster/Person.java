package org.yuzui.plugin.hr.roster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Somebody as a roster or the record store has them: masked, and small, for there may be a hundred thousand. */
public final class Person {

    public static final String ACTIVE = "active";
    public static final String RETIRED = "retired";
    public static final String LEFT = "left";

    private static final Field[] FIELDS = Field.values();
    private static final HexFormat HEX = HexFormat.of();

    private final String[] values;
    private final String identity;

    /**
     * Made of values that are checked and masked already.
     *
     * @param values   by the field's ordinal; null where there is none
     * @param identity pseudonym of the identity number; may be null
     */
    Person(String[] values, String identity) {
        this.values = values;
        this.identity = identity;
    }

    static Person of(JsonNode record) {
        String[] values = new String[FIELDS.length];
        for (Field field : FIELDS) {
            values[field.ordinal()] = record.path(field.key()).asText(null);
        }
        return new Person(values, record.path("identity").asText(null));
    }

    public String number() {
        return get(Field.PERSON);
    }

    public String state() {
        return get(Field.STATE);
    }

    /** Null when the identity number isn't known, or the site has no key. */
    public String identity() {
        return identity;
    }

    boolean isActive() {
        return ACTIVE.equals(state());
    }

    String get(Field field) {
        return values[field.ordinal()];
    }

    /** The same person in another state. */
    Person in(String state) {
        String[] other = values.clone();
        other[Field.STATE.ordinal()] = state;
        return new Person(other, identity);
    }

    boolean says(Person other) {
        return Arrays.equals(values, other.values) && java.util.Objects.equals(identity, other.identity);
    }

    /** Of a number, two hexadecimal digits: large units are read from the record store in parts. */
    static String slice(String number) {
        CRC32 crc = new CRC32();
        crc.update(number.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return HEX.toHexDigits((byte) crc.getValue());
    }

    ObjectNode record(String unit) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit);
        for (Field field : FIELDS) {
            if (field != Field.CREDIT_CODE && values[field.ordinal()] != null) {
                record.put(field.key(), values[field.ordinal()]);
            }
        }
        record.put("slice", slice(number()));
        if (identity != null) {
            record.put("identity", identity);
        }
        return record;
    }
}
