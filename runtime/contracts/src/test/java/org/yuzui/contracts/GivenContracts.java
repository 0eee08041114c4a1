package org.yuzui.contracts;

import org.yuzui.kernel.GivenPlugin;

import java.util.Map;

/** A plugin whose contracts stand in the test. */
final class GivenContracts {

    private GivenContracts() {
    }

    static GivenPlugin of(String plugin, String contract, String schema) {
        return of(plugin, Map.of(contract, schema));
    }

    static GivenPlugin of(String plugin, Map<String, String> schemas) {
        return GivenPlugin.of(plugin, "contracts", ".schema.json", schemas);
    }
}
