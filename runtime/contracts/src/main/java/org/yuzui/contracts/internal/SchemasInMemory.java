package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers until the process ends. */
public final class SchemasInMemory implements AcceptedSchemas {

    private final Map<String, List<JsonNode>> accepted = new HashMap<>();

    @Override
    public synchronized Map<String, List<JsonNode>> of(Collection<String> contracts) {
        Map<String, List<JsonNode>> found = new HashMap<>(accepted);
        found.keySet().retainAll(contracts);
        found.replaceAll((id, schemas) -> List.copyOf(schemas));
        return found;
    }

    @Override
    public synchronized Map<String, JsonNode> last() {
        Map<String, JsonNode> found = new HashMap<>();
        accepted.forEach((id, schemas) -> found.put(id, schemas.get(schemas.size() - 1)));
        return found;
    }

    @Override
    public synchronized List<SchemaContract> add(List<SchemaContract> contracts) {
        List<SchemaContract> added = new ArrayList<>();
        for (SchemaContract contract : contracts) {
            List<JsonNode> known = accepted.computeIfAbsent(contract.id(), id -> new ArrayList<>());
            if (!known.contains(contract.schema())) {
                known.add(contract.schema());
                added.add(contract);
            }
        }
        return added;
    }

    @Override
    public synchronized void forget(SchemaContract contract) {
        List<JsonNode> known = accepted.getOrDefault(contract.id(), List.of());
        if (known.size() > 1 && known.get(known.size() - 1).equals(contract.schema())) {
            known.remove(known.size() - 1);
        }
    }
}
