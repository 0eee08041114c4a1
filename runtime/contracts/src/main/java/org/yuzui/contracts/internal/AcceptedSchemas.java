package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The schemas that were accepted under each contract's id, in the order of their coming. */
public interface AcceptedSchemas {

    /** By contract; one without any is absent. */
    Map<String, List<JsonNode>> of(Collection<String> contracts);

    /** The last one of every contract that was ever accepted. */
    Map<String, JsonNode> last();

    /** Remembers all, or none when it fails; returns those that were not known before. */
    List<SchemaContract> add(List<SchemaContract> contracts);

    /**
     * Forgets this very schema if it is the last one and not the only one: only the last one binds what comes, and one that
     * was followed by another must be known for the way back.
     */
    void forget(SchemaContract contract);
}
