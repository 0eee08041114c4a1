package org.yuzui.spi;

import java.util.Locale;
import java.util.Objects;

/**
 * The ways in which personal data is hidden at capture. A contract names one in {@code x-mask}; a plugin applies the
 * same one before a value leaves it. Every mask is idempotent: masking what is masked changes nothing.
 */
public enum Mask {

    /** A person's name: the first character stays. {@code 测试一号 → 测***}. */
    NAME {
        @Override
        public String apply(String value) {
            return keep(value, 1, 0);
        }
    },
    /** An identity number: the first six (the division) stay. {@code 510104199001010019 → 510104************}. */
    ID_NUMBER {
        @Override
        public String apply(String value) {
            return keep(value, 6, 0);
        }
    },
    /** A telephone number: the last four stay. {@code 13800001234 → *******1234}. */
    PHONE {
        @Override
        public String apply(String value) {
            return keep(value, 0, 4);
        }
    },
    /** Everything is hidden, the length too: {@code ***}. */
    ALL {
        @Override
        public String apply(String value) {
            return value.isEmpty() ? value : "***";
        }
    };

    /**
     * Hides what is personal in a value.
     *
     * @param value not null; characters outside the basic plane count as one
     * @return the masked value; the empty text stays empty
     */
    public abstract String apply(String value);

    /**
     * The mask of that name as contracts write it ({@code name}, {@code id-number}, {@code phone}, {@code all}).
     *
     * @param name in any case
     * @return never null
     * @throws IllegalArgumentException when there is none, naming those that exist
     */
    public static Mask named(String name) {
        Objects.requireNonNull(name, "name");
        try {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "There is no mask '" + name + "'; use name, id-number, phone or all.", e);
        }
    }

    private static String keep(String value, int first, int last) {
        int length = value.codePointCount(0, value.length());
        if (length <= first + last) {
            return "*".repeat(length);
        }
        int from = value.offsetByCodePoints(0, first);
        int to = value.offsetByCodePoints(value.length(), -last);
        return value.substring(0, from) + "*".repeat(length - first - last) + value.substring(to);
    }
}
