package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Title;

import java.util.List;

/** The {@code x-rules} of one contract, compiled. Thread-safe. */
public interface RecordChecks {

    /**
     * Checks a record that keeps the contract's schema.
     *
     * @return the checks that did not say {@code true}, in the contract's order; empty when all did
     */
    List<Broken> broken(JsonNode record);

    /**
     * A check that said {@code false}, {@code null} or nothing.
     *
     * @param id      unique in the contract
     * @param message what the contract says about it; holds no value of the record
     * @param refuses whether the record must not be taken; otherwise it is a warning
     */
    record Broken(String id, Title message, boolean refuses) {
    }
}
