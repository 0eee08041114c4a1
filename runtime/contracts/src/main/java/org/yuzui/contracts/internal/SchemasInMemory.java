package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Remembers until the process ends. */
public final class SchemasInMemory implements AcceptedSchemas {

    private final Map<String, List<JsonNode>> accepted = new HashMap<>();
    private final Map<String, List<JsonNode>> unbound = new HashMap<>();

    @Override
    public synchronized Map<String, List<JsonNode>> of(Collection<String> contracts) {
        Map<String, List<JsonNode>> found = new HashMap<>(accepted);
        found.keySet().retainAll(contracts);
        found.replaceAll((id, schemas) ->
                Stream.concat(unbound.getOrDefault(id, List.of()).stream(), schemas.stream()).toList());
        return found;
    }

    @Override
    public synchronized List<SchemaContract> add(List<SchemaContract> contracts) {
        List<SchemaContract> added = new ArrayList<>();
        for (SchemaContract contract : contracts) {
            List<JsonNode> binding = accepted.computeIfAbsent(contract.id(), id -> new ArrayList<>());
            unbound.getOrDefault(contract.id(), new ArrayList<>()).remove(contract.schema());
            if (!binding.contains(contract.schema())) {
                binding.add(contract.schema());
                added.add(contract);
            }
        }
        return added;
    }

    @Override
    public synchronized void unbind(SchemaContract contract) {
        List<JsonNode> binding = accepted.getOrDefault(contract.id(), List.of());
        if (binding.size() > 1 && binding.remove(contract.schema())) {
            unbound.computeIfAbsent(contract.id(), id -> new ArrayList<>()).add(contract.schema());
        }
    }
}
