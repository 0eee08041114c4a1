package org.yuzui.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.contracts.internal.AcceptedSchemas;
import org.yuzui.contracts.internal.ContractFile;
import org.yuzui.contracts.internal.SchemaChanges;
import org.yuzui.contracts.internal.SchemaContract;
import org.yuzui.contracts.internal.SchemaTable;
import org.yuzui.contracts.internal.SchemasInMemory;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.store.Store;

import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contracts that plugins brought. A contract belongs to one plugin. A plugin's next version is deployed while the old
 * one is still there and counts from its start on; what was started last counts, and when that goes, the one before.
 * A contract goes on counting while its plugin is quiet: records of it that others make meanwhile wait in the broker.
 *
 * <p>What a contract said last is remembered, also after its plugin went: a version that comes later must be compatible
 * with it ({@link Compatibility}). Going back to a schema that was accepted before is always allowed, and a version that
 * went again before any record was made under it binds nobody.
 */
public final class Contracts implements PluginPart {

    private static final Logger LOG = LoggerFactory.getLogger(Contracts.class);
    private static final String SUFFIX = ".schema.json";

    private final ZoneId zone;
    private final AcceptedSchemas accepted;
    private final Map<String, Contract> current = new ConcurrentHashMap<>();
    /** Those that are deployed, started or not. */
    private final Map<String, List<SchemaContract>> deployed = new HashMap<>();
    /** Those that were started, the last one last. */
    private final Map<String, List<SchemaContract>> started = new HashMap<>();

    /**
     * Remembers until the process ends.
     *
     * @param zone where the day of a date-time is decided
     */
    public Contracts(ZoneId zone) {
        this(zone, new SchemasInMemory());
    }

    private Contracts(ZoneId zone, AcceptedSchemas accepted) {
        this.zone = zone;
        this.accepted = accepted;
    }

    /**
     * Remembers in the database.
     *
     * @param store outlives the contracts
     * @param zone  where the day of a date-time is decided
     */
    public static Contracts open(Store store, ZoneId zone) {
        return new Contracts(zone, new SchemaTable(store.jdbi()));
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

    /**
     * How long records are kept, for every contract that says so ({@code x-retention}): as it says now, or as it said last
     * when its plugin is gone, because its records are still there.
     */
    public Map<String, Period> retentions() {
        Map<String, JsonNode> schemas = new TreeMap<>(accepted.last());
        current.forEach((id, contract) -> schemas.put(id, contract.schema()));
        Map<String, Period> retentions = new TreeMap<>();
        schemas.forEach((id, schema) -> SchemaContract.retention(schema).ifPresent(period -> retentions.put(id, period)));
        return retentions;
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
        List<HubFile> files = plugin.files(kind(), SUFFIX);
        Map<String, List<JsonNode>> known = known(files);
        List<SchemaContract> contracts = new ArrayList<>();
        for (HubFile file : files) {
            SchemaContract contract = ContractFile.read(file, plugin.descriptor().id(), zone);
            Problem problem = duplicate(contract, file).or(() -> incompatible(contract, file, known)).orElse(null);
            if (problem != null) {
                throw new PluginException(problem);
            }
            contracts.add(contract);
        }
        contracts.forEach(c -> deployed.computeIfAbsent(c.id(), k -> new ArrayList<>()).add(c));
        return new Brought(contracts);
    }

    private Map<String, List<JsonNode>> known(List<HubFile> files) {
        return accepted.of(files.stream().map(HubFile::id).toList());
    }

    private Optional<Problem> duplicate(Contract contract, HubFile file) {
        return deployed.getOrDefault(contract.id(), List.of()).stream()
                .filter(other -> !other.plugin().equals(contract.plugin())).findFirst()
                .map(other -> new Problem("duplicate-contract", file.path(),
                        "The contract '" + contract.id() + "' belongs to the plugin '" + other.plugin() + "' already.",
                        "Give yours another name."));
    }

    private static Optional<Problem> incompatible(Contract contract, HubFile file, Map<String, List<JsonNode>> known) {
        List<JsonNode> history = known.getOrDefault(contract.id(), List.of());
        if (history.isEmpty() || history.contains(contract.schema())) {
            return Optional.empty();
        }
        Compatibility compatibility = Compatibility.between(history.get(history.size() - 1), contract.schema());
        if (compatibility.compatible()) {
            return Optional.empty();
        }
        int version = Integer.parseInt(contract.id().substring(contract.id().lastIndexOf(".v") + 2));
        String next = contract.id().substring(0, contract.id().lastIndexOf(".v") + 2) + (version + 1);
        return Optional.of(new Problem("incompatible-contract", file.path(),
                "The contract '" + contract.id() + "' breaks its readers: " + compatibility.sentence(),
                "Take the change back, or bring it as " + next + "."));
    }

    /** Which fields come, change and go, and which of that is forbidden. */
    @Override
    public synchronized List<PlannedChange> plan(PluginContent coming, PluginContent running) {
        Map<String, PlannedChange> changes = new TreeMap<>();
        List<HubFile> files = coming == null ? List.of() : coming.files(kind(), SUFFIX);
        Map<String, List<JsonNode>> known = known(files);
        Map<String, JsonNode> before = new HashMap<>();
        if (running != null) {
            running.files(kind(), SUFFIX).forEach(f -> {
                changes.put(f.id(), PlannedChange.of(kind(), f.id(), Action.REMOVE));
                schema(f, running).ifPresent(s -> before.put(f.id(), s));
            });
        }
        for (HubFile file : files) {
            PlannedChange change = PlannedChange.of(kind(), file.id(),
                    changes.containsKey(file.id()) ? Action.CHANGE : Action.ADD);
            try {
                changes.put(file.id(), planned(change, ContractFile.read(file, coming.descriptor().id(), zone), file,
                        before.get(file.id()), known));
            } catch (ProblemException e) {
                changes.put(file.id(), change.withProblems(List.of(e.problem())));
            }
        }
        return List.copyOf(changes.values());
    }

    private PlannedChange planned(PlannedChange change, SchemaContract contract, HubFile file, JsonNode before,
                                  Map<String, List<JsonNode>> known) {
        List<Problem> problems = new ArrayList<>();
        duplicate(contract, file).ifPresent(problems::add);
        incompatible(contract, file, known).ifPresent(problems::add);
        if (before == null) {
            return change.withProblems(problems);
        }
        if (before.equals(contract.schema())) {
            return PlannedChange.of(kind(), contract.id(), Action.KEEP).withProblems(problems);
        }
        return change.withDetails(SchemaChanges.between(before, contract.schema()))
                .withNoticed(SchemaChanges.noticed(before, contract.schema())).withProblems(problems);
    }

    /** Of what runs: read once more rather than looked up, because what is asked for may not be what counts. */
    private Optional<JsonNode> schema(HubFile file, PluginContent plugin) {
        try {
            return Optional.of(ContractFile.read(file, plugin.descriptor().id(), zone).schema());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /** The contracts of one version of a plugin. */
    private final class Brought implements Deployment {

        private final List<SchemaContract> contracts;
        /** Which of them were accepted through this deployment. */
        private final List<SchemaContract> first = new ArrayList<>();

        private Brought(List<SchemaContract> contracts) {
            this.contracts = new ArrayList<>(contracts);
        }

        @Override
        public void start() {
            synchronized (Contracts.this) {
                first.addAll(accepted.add(contracts));
                for (SchemaContract contract : contracts) {
                    List<SchemaContract> versions = started.computeIfAbsent(contract.id(), k -> new ArrayList<>());
                    versions.removeIf(c -> c == contract);
                    versions.add(contract);
                    current.put(contract.id(), contract);
                    LOG.info("contract {} deployed by {}", contract.id(), contract.plugin());
                }
            }
        }

        @Override
        public void close() {
            synchronized (Contracts.this) {
                contracts.forEach(this::remove);
                contracts.clear();
            }
        }

        private void remove(SchemaContract contract) {
            drop(deployed, contract);
            List<SchemaContract> left = drop(started, contract);
            if (first.contains(contract) && !contract.used()) {
                forget(contract);
            }
            if (!left.isEmpty()) {
                current.put(contract.id(), left.get(left.size() - 1));
            } else if (current.remove(contract.id(), contract)) {
                LOG.info("contract {} removed with {}", contract.id(), contract.plugin());
            }
        }

        private void forget(SchemaContract contract) {
            try {
                accepted.forget(contract);
            } catch (RuntimeException e) { // the worst that follows is that it binds its successors
                LOG.warn("contract {} went unused and can't be forgotten: {}", contract.id(), e.getMessage());
            }
        }

        private static List<SchemaContract> drop(Map<String, List<SchemaContract>> from, SchemaContract contract) {
            List<SchemaContract> versions = from.getOrDefault(contract.id(), new ArrayList<>());
            versions.removeIf(c -> c == contract);
            if (versions.isEmpty()) {
                from.remove(contract.id());
            }
            return versions;
        }
    }
}
