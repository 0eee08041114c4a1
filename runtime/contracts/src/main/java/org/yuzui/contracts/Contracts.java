package org.yuzui.contracts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.contracts.internal.ContractFile;
import org.yuzui.contracts.internal.SchemaContract;
import org.yuzui.contracts.internal.SchemaHistory;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contracts that plugins brought. A contract belongs to one plugin. A plugin may deploy its next version while the old
 * one is still there: the newer deployment counts, whichever is closed first.
 *
 * <p>What a contract said last is remembered until the hub stops, also after its plugin went: a version that comes later
 * must be compatible with it ({@link Compatibility}). Going back to a schema that was accepted before is always allowed, and a
 * version that went again before any record was made under it binds nobody.
 */
public final class Contracts implements PluginPart {

    private static final Logger LOG = LoggerFactory.getLogger(Contracts.class);
    private static final String SUFFIX = ".schema.json";

    private final ZoneId zone;
    private final Map<String, Contract> current = new ConcurrentHashMap<>();
    private final Map<String, List<SchemaContract>> deployed = new HashMap<>();
    private final Map<String, SchemaHistory> histories = new HashMap<>();

    /** @param zone where the day of a date-time is decided */
    public Contracts(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String kind() {
        return "contracts";
    }

    /** The contract of that id. */
    public Optional<Contract> find(String id) {
        return Optional.ofNullable(current.get(id));
    }

    /** @throws ProblemException {@code unknown-contract} naming the nearest */
    public Contract require(String id) {
        Contract contract = current.get(id);
        if (contract == null) {
            throw new ProblemException(new Problem("unknown-contract", null, "There is no contract '" + id + "'.",
                    KnownKeys.cure(id, current.keySet())));
        }
        return contract;
    }

    /** All contracts, by id. */
    public Collection<Contract> all() {
        return current.values().stream().sorted(Comparator.comparing(Contract::id)).toList();
    }

    /**
     * All contracts of the plugin or none.
     *
     * @throws PluginException {@code duplicate-contract} when another plugin has the id, {@code incompatible-contract} naming
     *                         every field that breaks, or what is wrong with a file
     */
    @Override
    public synchronized Deployment deploy(PluginContent plugin) {
        List<SchemaContract> contracts = new ArrayList<>();
        for (HubFile file : plugin.files(kind(), SUFFIX)) {
            SchemaContract contract = ContractFile.read(file, plugin.descriptor().id(), zone);
            requireOwner(contract, file);
            requireCompatible(contract, file);
            contracts.add(contract);
        }
        contracts.forEach(this::add);
        return closeOnce(contracts);
    }

    private void requireOwner(Contract contract, HubFile file) {
        for (Contract other : deployed.getOrDefault(contract.id(), List.of())) {
            if (!other.plugin().equals(contract.plugin())) {
                throw new PluginException(new Problem("duplicate-contract", file.path(),
                        "The contract '" + contract.id() + "' belongs to the plugin '" + other.plugin() + "' already.",
                        "Give yours another name."));
            }
        }
    }

    private void requireCompatible(Contract contract, HubFile file) {
        SchemaHistory history = histories.get(contract.id());
        if (history == null || history.accepted(contract.schema())) {
            return;
        }
        Compatibility compatibility = Compatibility.between(history.last(), contract.schema());
        if (!compatibility.compatible()) {
            int version = Integer.parseInt(contract.id().substring(contract.id().lastIndexOf(".v") + 2));
            String next = contract.id().substring(0, contract.id().lastIndexOf(".v") + 2) + (version + 1);
            throw new PluginException(new Problem("incompatible-contract", file.path(),
                    "The contract '" + contract.id() + "' breaks its readers: " + compatibility.sentence(),
                    "Take the change back, or bring it as " + next + "."));
        }
    }

    private void add(SchemaContract contract) {
        deployed.computeIfAbsent(contract.id(), k -> new ArrayList<>()).add(contract);
        current.put(contract.id(), contract);
        histories.computeIfAbsent(contract.id(), k -> new SchemaHistory()).add(contract);
        LOG.info("contract {} deployed by {}", contract.id(), contract.plugin());
    }

    private Deployment closeOnce(List<SchemaContract> contracts) {
        return () -> {
            synchronized (this) {
                contracts.forEach(this::remove);
                contracts.clear();
            }
        };
    }

    private void remove(SchemaContract contract) {
        List<SchemaContract> versions = deployed.get(contract.id());
        versions.removeIf(c -> c == contract);
        histories.get(contract.id()).forgetUnused(contract);
        if (versions.isEmpty()) {
            deployed.remove(contract.id());
            current.remove(contract.id());
            LOG.info("contract {} removed with {}", contract.id(), contract.plugin());
        } else {
            current.put(contract.id(), versions.get(versions.size() - 1));
        }
    }
}
