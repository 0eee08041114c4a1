package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.rules.internal.CheckCompiler;
import org.yuzui.rules.internal.Compilation;
import org.yuzui.rules.internal.FeelJson;
import org.yuzui.rules.internal.RulePlan;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The decisions that plugins brought ({@code rules/*.dmn}) and the checks in their contracts ({@code x-rules}). A rule is
 * called by its plugin and its file: {@code his/visit-checks}. Nothing of the rule engine is loaded before the first file
 * that needs it. Thread-safe.
 */
public final class Rules implements PluginPart {

    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);
    private static final String SUFFIX = ".dmn";

    private final Compilation compilation;
    /** Everything taken in and not closed, in the order of deployment. */
    private final List<Taken> deployed = new CopyOnWriteArrayList<>();
    /** What counts, in the order of the starts: the last start of a rule wins. */
    private final List<Taken> started = new ArrayList<>();
    private volatile Map<String, Rule> current = Map.of();

    public Rules(Clock clock) {
        this(clock, null);
    }

    /** @param examined a folder of this room's own, in which it remembers what it found in good files; it may be emptied at any time */
    public Rules(Clock clock, Path examined) {
        this.compilation = new Compilation(clock, examined);
    }

    @Override
    public String kind() {
        return "rules";
    }

    /** The rule of that id that counts now. */
    public Optional<Rule> find(String id) {
        return Optional.ofNullable(current.get(id));
    }

    /** The rule of that id that is to come, or counts now: what a route that is being deployed will meet. */
    public Optional<Rule> coming(String id) {
        Rule found = null;
        for (Taken taken : deployed) {
            found = taken.rules.getOrDefault(id, found);
        }
        return Optional.ofNullable(found);
    }

    /** @throws ProblemException {@code unknown-rule} naming the nearest */
    public Rule require(String id) {
        Rule rule = current.get(id);
        if (rule == null) {
            throw unknown(id);
        }
        return rule;
    }

    /** {@code unknown-rule}, naming the nearest of all that are there or to come. */
    public ProblemException unknown(String id) {
        Set<String> ids = new TreeSet<>();
        deployed.forEach(t -> ids.addAll(t.rules.keySet()));
        return new ProblemException(new Problem("unknown-rule", null, "There is no rule '" + id + "'.",
                KnownKeys.cure(id, ids)));
    }

    /** All rules that count, by id. */
    public Collection<Rule> all() {
        return current.values();
    }

    /**
     * Makes every decision of a rule.
     *
     * @throws ProblemException {@code unknown-rule}
     * @throws org.yuzui.spi.RefusedException as {@link Rule#decide(JsonNode)}
     */
    public Decision evaluate(String id, JsonNode input) {
        return require(id).decide(input);
    }

    /** The same with values of Java: text, numbers, truth values, dates and times, lists and maps of them. */
    public Decision evaluate(String id, Map<String, ?> input) {
        return require(id).decide(json(input));
    }

    /** Values of Java as a rule takes them: numbers stay decimal, dates and durations become ISO 8601 text. */
    public static JsonNode json(Object value) {
        return FeelJson.of(value);
    }

    /**
     * The checks of a contract, known from its deployment to its closing.
     *
     * @param schema the contract's schema; of two versions of a contract each has its own checks
     * @return empty when no deployed contract says just this
     */
    public Optional<RecordChecks> checks(String contract, JsonNode schema) {
        return deployed.stream().flatMap(t -> t.checks.stream())
                .filter(c -> c.contract().equals(contract) && c.schema().equals(schema))
                .map(CheckCompiler.Outcome::checks).findFirst();
    }

    /**
     * All rules and checks of the plugin or none.
     *
     * @throws PluginException what is wrong with the first file, and how many more problems there are
     */
    @Override
    public synchronized Deployment deploy(PluginContent plugin) {
        List<HubFile> files = plugin.files(kind(), SUFFIX);
        List<HubFile> contracts = Compilation.withChecks(plugin.files("contracts", ".schema.json"));
        if (files.isEmpty() && contracts.isEmpty()) {
            return Deployment.NONE;
        }
        Compilation.Compiled compiled = compilation.of(files, contracts, plugin.descriptor().id());
        if (!compiled.problems().isEmpty()) {
            throw refusal(compiled.problems());
        }
        Taken taken = new Taken(compiled.rules(), compiled.checks());
        deployed.add(taken);
        taken.rules.values().forEach(Rules::told);
        return taken;
    }

    private static void told(Rule rule) {
        LOG.info("rule {} deployed: {} decisions, {} findings", rule.id(), rule.decisions().size(), rule.findings().size());
        rule.findings().forEach(f -> LOG.warn("{}", f.sentence()));
    }

    private static PluginException refusal(List<Problem> problems) {
        Problem first = problems.get(0);
        if (problems.size() == 1) {
            return new PluginException(first);
        }
        String more = "There " + (problems.size() == 2 ? "is 1 more problem" : "are " + (problems.size() - 1)
                + " more problems") + " in the plugin's rules.";
        return new PluginException(first.cure(first.cure() == null ? more : first.cure() + " " + more));
    }

    /**
     * The plugin's rules, with what their tables say differently, and the checks of its contracts as
     * {@code <contract>/x-rules}.
     */
    @Override
    public synchronized List<PlannedChange> plan(PluginContent coming, PluginContent running) {
        return new RulePlan(compilation).between(coming, running);
    }

    private void recount() {
        Map<String, Rule> counting = new TreeMap<>();
        started.forEach(t -> counting.putAll(t.rules));
        current = Collections.unmodifiableMap(counting);
    }

    /** A plugin's rules. They are asked, and ask nobody: there is nothing to quiet down. */
    private final class Taken implements Deployment {
        private final Map<String, Rule> rules;
        private final List<CheckCompiler.Outcome> checks;

        private Taken(Map<String, Rule> rules, List<CheckCompiler.Outcome> checks) {
            this.rules = rules;
            this.checks = checks;
        }

        @Override
        public void start() {
            synchronized (Rules.this) {
                started.remove(this);
                started.add(this);
                recount();
            }
        }

        @Override
        public void close() {
            synchronized (Rules.this) {
                deployed.remove(this);
                if (started.remove(this)) {
                    recount();
                }
            }
        }
    }
}
