package org.yuzui.plugin.his;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** HL7's NM: exact, and of a size that a hospital can mean. */
final class Decimals {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,12}(\\.\\d{0,6})?|\\.\\d{1,6})");

    private Decimals() {
    }

    /** Empty when the text is no such number. */
    static Optional<BigDecimal> read(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }
}
