package org.yuzui.launcher.cli;

import org.yuzui.container.PluginFiles;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.Hub;
import org.yuzui.launcher.PluginWorkbench;
import org.yuzui.launcher.PluginWorkbench.Candidate;
import org.yuzui.launcher.PluginWorkbench.Certificate;
import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.launcher.PluginWorkbench.Effort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** {@code yuzui plugin certify}: what a plugin must stand before it is let onto a site. */
@Command(name = "certify")
final class PluginCertifyCommand extends AuthoringCommand {

    @Parameters(index = "0", arity = "0..1", defaultValue = ".", paramLabel = "DIR|JAR", descriptionKey = "yuzui.plugin.certify.what")
    private Path what;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", descriptionKey = "yuzui.plugin.certify.output")
    private Path output;

    @Option(names = "--examples", paramLabel = "DIR", descriptionKey = "yuzui.plugin.certify.examples")
    private Path examples;

    @Option(names = "--quick", descriptionKey = "yuzui.plugin.certify.quick")
    private boolean quick;

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "1", descriptionKey = "yuzui.plugin.certify.seed")
    private long seed;

    @Option(names = "--keep", descriptionKey = "yuzui.plugin.test.keep")
    private boolean keep;

    @Override
    public Integer call() {
        Path work = workFolder("yuzui-plugin-certify");
        boolean passed = false;
        try (HubLog log = HubLog.quiet(work.resolve("log"))) {
            shareStoreBinaries();
            Candidate candidate = candidate(work);
            out().println(text("plugin.certify.begins", candidate.descriptor().id(), candidate.descriptor().version(),
                    candidate.jar().getFileName()));
            Certificate certificate = PluginWorkbench.find().certify(candidate, new Effort(quick, seed), this::show);
            passed = certificate.passed();
            Path report = output != null ? output
                    : Path.of(candidate.descriptor().id() + "-" + candidate.descriptor().version() + "-certificate.md");
            Files.writeString(report, certificate.report());
            out().println();
            out().println(text(passed ? "plugin.certify.passed" : "plugin.certify.failed", report));
            return passed ? ExitCode.OK.number() : ExitCode.FAILED.number();
        } catch (ProblemException e) {
            throw new Failure(ExitCode.FAILED, inFolder(say(e.problem())) + System.lineSeparator()
                    + text("plugin.test.log", work.resolve("log/yuzui.log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (passed && !keep) {
                delete(work);
            } else {
                err().println(text("plugin.test.log", work.resolve("log/yuzui.log")));
            }
        }
    }

    private Candidate candidate(Path work) throws IOException {
        if (Files.isDirectory(what)) {
            var packed = pack(what, work.resolve("jar/plugin.jar"));
            return new Candidate(packed.descriptor(), packed.file(),
                    (examples != null ? examples : what.resolve("examples")).toAbsolutePath(), work);
        }
        return new Candidate(descriptor(), what.toAbsolutePath(),
                (examples != null ? examples : what.resolveSibling("examples")).toAbsolutePath(), work);
    }

    private PluginDescriptor descriptor() throws IOException {
        if (!Files.isRegularFile(what)) {
            throw new Failure(ExitCode.NOT_FOUND, text("plugin.no-file", what));
        }
        try (ZipFile zip = new ZipFile(what.toFile())) {
            var entry = zip.getEntry("HUB-INF/plugin.yaml");
            if (entry == null) {
                throw new Failure(ExitCode.FAILED, text("plugin.no-plugin", what));
            }
            return PluginFiles.descriptor(zip.getInputStream(entry).readAllBytes(), what.getFileName() + "!HUB-INF/plugin.yaml",
                    Hub.VERSION);
        }
    }

    private void show(Check check) {
        String mark = check.skipped() ? text("plugin.certify.skip") : check.passed() ? "PASS" : "FAIL";
        out().println(String.format("  %-5s %-22s %s", mark, check.name(), check.measured()));
        check.failures().stream().limit(5).forEach(f -> out().println("        " + inFolder(f)));
        out().flush();
    }
}
