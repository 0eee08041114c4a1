package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The schemas that were accepted under each contract's id, in the order of their coming. */
public interface AcceptedSchemas {

    /** By contract; one without any is absent. */
    Map<String, List<JsonNode>> of(Collection<String> contracts);

    /** Remembers all, or none when it fails; returns those that were not known before. */
    List<SchemaContract> add(List<SchemaContract> contracts);

    /** Forgets this very schema, unless it is all that is known of its contract. */
    void forget(SchemaContract contract);
}
