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
        h.createQuery("SELECT contract, schema FROM contracts.accepted WHERE contract IN (<ids>) ORDER BY binds, number")
                .bindList("ids", List.copyOf(contracts))
                .map((row, context) -> Map.entry(row.getString("contract"), ContractFile.json(row.getString("schema"))))
                .forEach(e -> found.computeIfAbsent(e.getKey(), id -> new ArrayList<>()).add(e.getValue()));
        return found;
    }

    @Override
    public List<SchemaContract> add(List<SchemaContract> contracts) {
        if (contracts.isEmpty()) {
            return List.of();
        }
        return jdbi.inTransaction(h -> contracts.stream().filter(c -> bind(h, c)).toList());
    }

    private static boolean bind(Handle h, SchemaContract contract) {
        return h.createUpdate("""
                        INSERT INTO contracts.accepted AS a (contract, plugin, schema) VALUES (:contract, :plugin, :schema)
                        ON CONFLICT (contract, md5(schema)) DO UPDATE SET binds = true WHERE NOT a.binds""")
                .bind("contract", contract.id()).bind("plugin", contract.plugin())
                .bind("schema", contract.schema().toString()).execute() == 1;
    }

    @Override
    public void unbind(SchemaContract contract) {
        jdbi.useHandle(h -> h.createUpdate("""
                        UPDATE contracts.accepted a SET binds = false WHERE contract = :contract AND md5(schema) = md5(:schema)
                          AND EXISTS (SELECT 1 FROM contracts.accepted b
                                      WHERE b.contract = a.contract AND b.number <> a.number AND b.binds)""")
                .bind("contract", contract.id()).bind("schema", contract.schema().toString()).execute());
    }
}
