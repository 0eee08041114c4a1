package org.yuzui.contracts.internal;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * One content, one text: UTF-8, no white space, object keys in the order of the tree (which is sorted before), only the
 * escapes that JSON demands, and numbers by their value: {@code 1}, {@code 1.0} and {@code 1e0} are all {@code 1}; beyond 21
 * digits before or after the point {@code 1.5E+30}. A {@code double} counts as the shortest decimal that names it, on every
 * JDK the same.
 *
 * <p>A buffer that is used again; not thread-safe.
 */
final class CanonicalJson {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int PLAIN_DIGITS = 21;

    private byte[] buffer = new byte[2048];
    private int length;

    byte[] write(JsonNode tree) {
        length = 0;
        value(tree);
        byte[] bytes = Arrays.copyOf(buffer, length);
        if (buffer.length > 1 << 20) {
            buffer = new byte[2048]; // one giant must not be kept by every thread
        }
        return bytes;
    }

    /** A scalar as text: a text itself, a number in canonical form, {@code true} or {@code false}. */
    static String text(JsonNode scalar) {
        return scalar.isNumber() ? number(scalar) : scalar.asText();
    }

    static String number(JsonNode number) {
        if (number.isInt() || number.isLong() || number.isShort()) {
            return NumberOutput.toString(number.longValue());
        }
        BigDecimal decimal = decimal(number).stripTrailingZeros();
        boolean plain = decimal.scale() <= PLAIN_DIGITS && decimal.precision() - decimal.scale() <= PLAIN_DIGITS;
        return plain ? decimal.toPlainString() : decimal.toString();
    }

    static BigDecimal decimal(JsonNode number) {
        if (number.isFloat()) {
            return new BigDecimal(NumberOutput.toString(number.floatValue(), true));
        }
        return number.isDouble() ? new BigDecimal(NumberOutput.toString(number.doubleValue(), true))
                : number.decimalValue();
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.textValue());
            case NUMBER -> ascii(number(node));
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            case NULL -> ascii("null");
            default -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
        }
    }

    private void object(JsonNode node) {
        one('{');
        Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            string(field.getKey());
            one(':');
            value(field.getValue());
            if (fields.hasNext()) {
                one(',');
            }
        }
        one('}');
    }

    private void array(JsonNode node) {
        one('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                one(',');
            }
            value(node.get(i));
        }
        one(']');
    }

    private void string(String text) {
        one('"');
        for (int i = 0; i < text.length();) {
            i = characters(text, i, Math.min(text.length(), i + 1024));
        }
        one('"');
    }

    /** Writes a piece of a text; returns where the next one begins, which is one further when a pair was cut. */
    private int characters(String text, int from, int until) {
        room((until - from) * 6 + 6); // the most that a character can need is a six-byte escape
        byte[] to = buffer;
        int at = length;
        int i = from;
        for (; i < until; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80) {
                if (c == '"' || c == '\\') {
                    to[at++] = '\\';
                }
                to[at++] = (byte) c;
            } else if (c < 0x20) {
                at = control(to, at, c);
            } else if (c < 0x800) {
                to[at++] = (byte) (0xC0 | c >> 6);
                to[at++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                to[at++] = (byte) (0xF0 | point >> 18);
                to[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                to[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                to[at++] = (byte) (0x80 | point & 0x3F);
            } else {
                to[at++] = (byte) (0xE0 | c >> 12);
                to[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                to[at++] = (byte) (0x80 | c & 0x3F);
            }
        }
        length = at;
        return i;
    }

    private static int control(byte[] to, int from, char c) {
        int at = from;
        to[at++] = '\\';
        int shortForm = "\b\t\n\f\r".indexOf(c);
        if (shortForm >= 0) {
            to[at++] = (byte) "btnfr".charAt(shortForm);
            return at;
        }
        to[at++] = 'u';
        to[at++] = '0';
        to[at++] = '0';
        to[at++] = HEX[c >> 4];
        to[at++] = HEX[c & 0xF];
        return at;
    }

    @SuppressWarnings("deprecation") // the one way to copy ASCII without an encoder
    private void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), buffer, length);
        length += text.length();
    }

    private void one(char c) {
        room(1);
        buffer[length++] = (byte) c;
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, more)));
        }
    }
}
