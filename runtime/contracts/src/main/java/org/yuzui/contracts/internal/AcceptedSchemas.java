package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The schemas that were accepted under each contract's id. One of them binds those that come; the others can be gone back to.
 */
public interface AcceptedSchemas {

    /** By contract, the one that binds last; a contract without any is absent. */
    Map<String, List<JsonNode>> of(Collection<String> contracts);

    /** Remembers all, or none when it fails; returns those that did not bind before. */
    List<SchemaContract> add(List<SchemaContract> contracts);

    /** This very schema binds nobody any more, unless no other of its contract does; it can still be gone back to. */
    void unbind(SchemaContract contract);
}
