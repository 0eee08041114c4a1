package org.yuzui.launcher;

import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Tries a plugin on real hubs of its own: its cases, and its certification. The testkit brings it; the command line finds it
 * by {@link #find}.
 */
public interface PluginWorkbench {

    /** @throws ProblemException {@code no-workbench} when the testkit is not on the class path */
    static PluginWorkbench find() {
        return ServiceLoader.load(PluginWorkbench.class).findFirst().orElseThrow(() -> new ProblemException(
                new Problem("no-workbench", null, "The testkit is not among the hub's libraries.",
                        "Put yuzui-testkit-" + Hub.VERSION + ".jar back into lib/.")));
    }

    /**
     * A plugin to be tried.
     *
     * @param descriptor of the jar
     * @param jar        the packed plugin
     * @param examples   the folder of its cases, {@code examples/}; need not exist
     * @param work       an empty folder for the hubs' homes
     */
    record Candidate(PluginDescriptor descriptor, Path jar, Path examples, Path work) {
    }

    /**
     * How a case ended.
     *
     * @param name        the case's folder
     * @param differences lines of a unified diff and sentences; empty when all is as it was expected
     * @param refusal     what the hub kept as refused during the case, with its reason; null when nothing was
     */
    record CaseOutcome(String name, Title title, Duration took, List<String> differences, String refusal) {

        public CaseOutcome {
            differences = List.copyOf(differences);
        }

        public boolean ok() {
            return differences.isEmpty();
        }
    }

    /**
     * Runs the cases of a plugin.
     *
     * @param only the name of one case; null for all
     * @param each is told of every case as soon as it has ended
     * @throws ProblemException when the plugin doesn't start, or a case can't be read; {@code unknown-case}
     */
    List<CaseOutcome> test(Candidate plugin, String only, Consumer<CaseOutcome> each);

    /**
     * What one check of the certification found.
     *
     * @param name     what is proven, in a few words
     * @param done     what was done
     * @param measured what was seen
     * @param failures why it failed; empty when it passed
     * @param skipped  whether it has nothing to try on this plugin
     */
    record Check(String name, String done, String measured, List<String> failures, boolean skipped) {

        public Check {
            failures = List.copyOf(failures);
        }

        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /**
     * How much is done, and with which chances.
     *
     * @param quick about a minute instead of several
     * @param seed  of everything random: the same seed tries the same things
     */
    record Effort(boolean quick, long seed) {
    }

    /**
     * The result of a certification.
     *
     * @param at     when it ended
     * @param report the readable report, Markdown
     */
    record Certificate(List<Check> checks, Instant at, String report) {

        public Certificate {
            checks = List.copyOf(checks);
        }

        public boolean passed() {
            return checks.stream().allMatch(Check::passed);
        }
    }

    /**
     * Certifies a plugin by its cases.
     *
     * @param each is told of every check as soon as it has ended
     * @throws ProblemException {@code no-cases}, or when the plugin doesn't start
     */
    Certificate certify(Candidate plugin, Effort effort, Consumer<Check> each);
}
