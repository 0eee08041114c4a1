package org.yuzui.launcher.cli;

import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.PluginWorkbench;
import org.yuzui.launcher.PluginWorkbench.Candidate;
import org.yuzui.launcher.PluginWorkbench.CaseOutcome;
import org.yuzui.launcher.authoring.PackedPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code yuzui plugin test}: a plugin's cases on a real hub of their own. */
@Command(name = "test")
final class PluginTestCommand extends AuthoringCommand {

    @Parameters(index = "0", arity = "0..1", defaultValue = ".", paramLabel = "DIR", descriptionKey = "plugin.dir.parameter")
    private Path folder;

    @Option(names = "--case", paramLabel = "NAME", descriptionKey = "yuzui.plugin.test.case")
    private String only;

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    @Option(names = "--keep", descriptionKey = "yuzui.plugin.test.keep")
    private boolean keep;

    @Override
    public Integer call() {
        long began = System.nanoTime();
        Path work = workFolder("yuzui-plugin-test");
        boolean good = false;
        try (HubLog log = HubLog.quiet(work.resolve("log"))) {
            shareStoreBinaries();
            PackedPlugin packed = pack(folder, work.resolve("jar/plugin.jar"));
            Candidate candidate = new Candidate(packed.descriptor(), packed.file(), folder.resolve("examples").toAbsolutePath(),
                    work);
            if (!json) {
                out().println(packed.descriptor().id() + " " + packed.descriptor().version());
            }
            List<CaseOutcome> outcomes = PluginWorkbench.find().test(candidate, only, this::show);
            good = outcomes.stream().allMatch(CaseOutcome::ok);
            if (json) {
                printJson(json(packed, outcomes, good || keep ? null : work));
            } else {
                long bad = outcomes.stream().filter(o -> !o.ok()).count();
                out().println();
                out().println(outcomes.isEmpty() ? text("plugin.test.none")
                        : text("plugin.test.sum", outcomes.size() - bad, bad, seconds(Duration.ofNanos(System.nanoTime() - began))));
            }
            return good ? ExitCode.OK.number() : ExitCode.FAILED.number();
        } catch (ProblemException e) {
            throw new Failure(ExitCode.FAILED, inFolder(say(e.problem())) + System.lineSeparator() + logLine(work));
        } finally {
            leave(work, good);
        }
    }

    private void show(CaseOutcome outcome) {
        if (json) {
            return;
        }
        String title = messages().chinese() ? outcome.title().zh() : outcome.title().en();
        String mark = outcome.ok() ? text("plugin.test.ok") : text("plugin.test.differs");
        out().println(String.format("  %-8s %-28s %5s s  %s", mark, outcome.name(), seconds(outcome.took()),
                title == null || title.equals(outcome.name()) ? "" : title).stripTrailing());
        if (outcome.ok() && outcome.refusal() != null) {
            out().println("           " + outcome.refusal());
        }
        outcome.differences().forEach(line -> out().println("           " + coloured(inFolder(line))));
        out().flush();
    }

    private void leave(Path work, boolean good) {
        if (keep) {
            err().println(text("plugin.test.kept", work));
        } else if (good) {
            delete(work);
        } else if (!json) {
            err().println(logLine(work));
        }
    }

    private String logLine(Path work) {
        return text("plugin.test.log", work.resolve("log/yuzui.log"));
    }

    private static Map<String, Object> json(PackedPlugin packed, List<CaseOutcome> outcomes, Path work) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("plugin", packed.descriptor().id());
        said.put("version", packed.descriptor().version());
        said.put("ok", outcomes.stream().allMatch(CaseOutcome::ok));
        said.put("cases", outcomes.stream().map(o -> {
            Map<String, Object> c = new LinkedHashMap<>();
            c.put("name", o.name());
            c.put("ok", o.ok());
            c.put("millis", o.took().toMillis());
            c.put("refusal", o.refusal());
            c.put("differences", o.differences().stream().map(AuthoringCommand::inFolder).toList());
            return c;
        }).toList());
        said.put("log", work == null ? null : work.resolve("log/yuzui.log").toString());
        return said;
    }
}
