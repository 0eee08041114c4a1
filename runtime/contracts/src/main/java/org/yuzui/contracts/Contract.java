package org.yuzui.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Title;

import java.time.Period;
import java.util.List;
import java.util.Optional;

/** A named, versioned JSON Schema of a record. Immutable, thread-safe. */
public interface Contract {

    /** {@code his.visit.v1}. */
    String id();

    Title title();

    /** The plugin that brought it. */
    String plugin();

    JsonNode schema();

    /** {@code x-stored}: whether the record store keeps its records. Default true. */
    boolean stored();

    /** {@code x-retention}: how long its records are kept, and what the ledger says of them. */
    Optional<Period> retention();

    /** {@code x-capture}: what is kept of its records on their way. */
    default Capture capture() {
        return Capture.ARRIVAL;
    }

    /** Whether it hides anything at all. */
    default boolean masks() {
        return false;
    }

    /**
     * A content as it may be shown that was not {@link #check checked}, or not taken: masked as {@link #check} does, and when the
     * contract hides anything, what it does not name is hidden too.
     */
    default MaskedBody mask(JsonNode content) {
        return new MaskedBody(content, List.of());
    }

    /** JSON pointers of what is masked in a record of this contract, as {@link #check} made it. */
    default List<String> maskedFields(JsonNode record) {
        return List.of();
    }

    /** JSON pointers of {@code x-key}, at least one. */
    List<String> keyPointers();

    /** The fields of {@code x-index} as dotted paths, {@code dischargedOn}, but for the personal ones. */
    List<String> indexFields();

    /** Those of {@code x-index} that are personal or secret, or hidden by a mask: found by a keyed hash of their whole value only. */
    default List<String> personalIndexFields() {
        return List.of();
    }

    /**
     * Checks a record against the schema, masks it, finds key, unit and day, and makes its id.
     *
     * @throws ContractViolationException naming every violation
     */
    CheckedRecord check(JsonNode record);
}
