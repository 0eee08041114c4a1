package org.yuzui.launcher.cli;

import org.yuzui.container.PluginSignatures;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** {@code yuzui plugin sign}: beside the jar, or inside it. Needs no hub. */
@Command(name = "sign")
final class PluginSignCommand extends LocalCommand {

    @Parameters(paramLabel = "FILE", descriptionKey = "plugin.file.parameter")
    private Path file;

    @Option(names = "--key", paramLabel = "K.key", required = true)
    private Path key;

    @Option(names = "--embed")
    private boolean embed;

    @Override
    public Integer call() {
        PluginVerifyCommand.requireFile(file, messages());
        Clock clock = Clock.systemUTC();
        Path beside = Path.of(file + PluginSignatures.SUFFIX);
        if (embed) {
            PluginSignatures.embed(file, key, clock);
            out().println(text("sign.embedded", file));
            if (Files.exists(beside)) {
                out().println(text("sign.stale", beside));
            }
            return ExitCode.OK.number();
        }
        String signature = PluginSignatures.sign(file, key, clock);
        try {
            Files.writeString(beside, signature);
        } catch (IOException e) {
            throw new ProblemException(new Problem("unwritable-file", beside.toString(), "The file can't be written: " + e + ".",
                    "Check that this user may write there."), e);
        }
        out().println(text("sign.beside", beside));
        return ExitCode.OK.number();
    }
}
