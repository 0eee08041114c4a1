package org.yuzui.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/**
 * A record that keeps its contract, masked as the contract says.
 *
 * @param id       made of contract, key and masked content: the same content always has the same id
 * @param contract the contract's id
 * @param key      the values that {@code x-key} points at, joined by {@code |}; a {@code |} or {@code \} in one of them has
 *                 a {@code \} before it; at most 512 characters
 * @param unit     the value that {@code x-unit} points at; null when the contract has none
 * @param day      the day that {@code x-date} points at (a date, or the date of a date-time in the hub's zone); null when
 *                 the contract has none
 * @param order    the value that {@code x-order} points at, comparable as text: of two contents of one key the greater is the
 *                 newer, whichever arrived first; null when the contract has none (then arrival decides)
 * @param index    the fields of {@code x-index} that the record has, by dotted path as in {@link Contract#indexFields()}
 * @param personal the values of {@link Contract#personalIndexFields()} as they came, by dotted path: to be hashed with a key, and
 *                 never to be written anywhere
 * @param body     the masked record, keys sorted; not to be changed
 * @param bytes    the same in canonical form: UTF-8, keys sorted, no white space
 */
public record CheckedRecord(UUID id, String contract, String key, String unit, LocalDate day, String order,
                            Map<String, String> index, Map<String, String> personal, ObjectNode body, byte[] bytes) {

    @Override
    public boolean equals(Object o) {
        return o instanceof CheckedRecord r && id.equals(r.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Without the content. */
    @Override
    public String toString() {
        return contract + " " + key + " " + id;
    }
}
