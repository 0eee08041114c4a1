package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers in {@code contracts.accepted}, which all nodes share. */
public final class SchemaTable implements AcceptedSchemas {

    private final Jdbi jdbi;

    public SchemaTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Map<String, List<JsonNode>> of(Collection<String> contracts) {
        return contracts.isEmpty() ? Map.of() : jdbi.withHandle(h -> read(h, contracts));
    }

    private static Map<String, List<JsonNode>> read(Handle h, Collection<String> contracts) {
        Map<String, List<JsonNode>> found = new HashMap<>();
        h.createQuery("SELECT contract, schema FROM contracts.accepted WHERE contract IN (<ids>) ORDER BY number")
                .bindList("ids", List.copyOf(contracts))
                .map((row, context) -> Map.entry(row.getString("contract"), ContractFile.json(row.getString("schema"))))
                .forEach(e -> found.computeIfAbsent(e.getKey(), id -> new ArrayList<>()).add(e.getValue()));
        return found;
    }

    @Override
    public Map<String, JsonNode> last() {
        return jdbi.withHandle(h -> {
            Map<String, JsonNode> found = new HashMap<>();
            h.createQuery("SELECT DISTINCT ON (contract) contract, schema FROM contracts.accepted ORDER BY contract, number DESC")
                    .map((row, context) -> Map.entry(row.getString("contract"), ContractFile.json(row.getString("schema"))))
                    .forEach(e -> found.put(e.getKey(), e.getValue()));
            return found;
        });
    }

    @Override
    public List<SchemaContract> add(List<SchemaContract> contracts) {
        if (contracts.isEmpty()) {
            return List.of();
        }
        return jdbi.inTransaction(h -> {
            Map<String, List<JsonNode>> known = read(h, contracts.stream().map(SchemaContract::id).toList());
            List<SchemaContract> added = new ArrayList<>();
            for (SchemaContract contract : contracts) {
                if (!known.getOrDefault(contract.id(), List.of()).contains(contract.schema()) && insert(h, contract)) {
                    added.add(contract);
                }
            }
            return added;
        });
    }

    private static boolean insert(Handle h, SchemaContract contract) {
        return h.createUpdate("""
                        INSERT INTO contracts.accepted (contract, plugin, schema) VALUES (:contract, :plugin, :schema)
                        ON CONFLICT (contract, md5(schema)) DO NOTHING""")
                .bind("contract", contract.id()).bind("plugin", contract.plugin())
                .bind("schema", contract.schema().toString()).execute() == 1;
    }

    @Override
    public void forget(SchemaContract contract) {
        jdbi.useHandle(h -> h.createUpdate("""
                        DELETE FROM contracts.accepted a WHERE contract = :contract AND md5(schema) = md5(:schema)
                          AND EXISTS (SELECT 1 FROM contracts.accepted b
                                      WHERE b.contract = a.contract AND b.number < a.number)
                          AND NOT EXISTS (SELECT 1 FROM contracts.accepted b
                                          WHERE b.contract = a.contract AND b.number > a.number)""")
                .bind("contract", contract.id()).bind("schema", contract.schema().toString()).execute());
    }
}
