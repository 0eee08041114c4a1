package org.yuzui.rules.internal;

import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.rules.Rule;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Compiles what a plugin has of rules and checks. Used by one thread at a time; loads the engine with the first file. */
public final class Compilation {

    private final Clock clock;
    private final Path examined;
    private DmnCompiler compiler;

    /** @param examined the folder that remembers what was found in good files; null when nothing is remembered */
    public Compilation(Clock clock, Path examined) {
        this.clock = clock;
        this.examined = examined;
    }

    /**
     * What became of a plugin's files.
     *
     * @param rules    by id
     * @param problems of all files; nothing is to be used when there are any
     */
    public record Compiled(Map<String, Rule> rules, List<CheckCompiler.Outcome> checks, List<Problem> problems) {
    }

    /** The contracts that have checks; asked of the bytes, so that a plugin without them loads nothing. */
    public static List<HubFile> withChecks(List<HubFile> contracts) {
        return contracts.stream().filter(c -> new String(c.bytes(), StandardCharsets.UTF_8).contains("\"x-rules\"")).toList();
    }

    /** Compiles all; changes nothing else. */
    public Compiled of(List<HubFile> files, List<HubFile> contracts, String plugin) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Rule> rules = new TreeMap<>();
        for (HubFile file : files) {
            DmnCompiler.Outcome outcome = rule(file, plugin);
            problems.addAll(outcome.problems());
            if (outcome.rule() != null) {
                rules.put(outcome.rule().id(), outcome.rule());
            }
        }
        List<CheckCompiler.Outcome> checks = checks(contracts);
        checks.forEach(c -> problems.addAll(c.problems()));
        return new Compiled(Map.copyOf(rules), checks, List.copyOf(problems));
    }

    DmnCompiler.Outcome rule(HubFile file, String plugin) {
        return within(() -> {
            if (compiler == null) {
                compiler = new DmnCompiler(clock, new Examinations(examined));
            }
            return compiler.compile(file, plugin);
        });
    }

    List<CheckCompiler.Outcome> checks(List<HubFile> contracts) {
        List<CheckCompiler.Outcome> outcomes = new ArrayList<>();
        for (HubFile file : withChecks(contracts)) {
            CheckCompiler.Outcome outcome = within(() -> CheckCompiler.compile(file));
            if (outcome != null) {
                outcomes.add(outcome);
            }
        }
        return List.copyOf(outcomes);
    }

    /**
     * The engine finds its parts through the thread's class loader and remembers it; that of a plugin would never be let
     * go again.
     */
    static <T> T within(Supplier<T> compilation) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Compilation.class.getClassLoader());
        try {
            return compilation.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
