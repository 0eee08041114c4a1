package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** The schemas that were accepted under one contract's id in this run of the hub, in the order of their coming. */
public final class SchemaHistory {

    private final List<SchemaContract> firsts = new ArrayList<>();

    /** Whether this very schema was accepted before. */
    public boolean accepted(JsonNode schema) {
        return firsts.stream().anyMatch(c -> c.schema().equals(schema));
    }

    public JsonNode last() {
        return firsts.get(firsts.size() - 1).schema();
    }

    public void add(SchemaContract contract) {
        if (!accepted(contract.schema())) {
            firsts.add(contract);
        }
    }

    /** Forgets what a contract brought if no record was made under it and it isn't all that is known. */
    public void forgetUnused(SchemaContract contract) {
        if (firsts.size() > 1 && !contract.used()) {
            firsts.removeIf(c -> c == contract);
        }
    }
}
