package org.yuzui.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.yuzui.container.PluginSignatures;
import org.yuzui.container.SignatureVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code yuzui plugin verify}: who signed a jar, and whether a hub would trust it. Needs no hub. */
@Command(name = "verify")
final class PluginVerifyCommand extends LocalCommand {

    @Parameters(paramLabel = "FILE", descriptionKey = "plugin.file.parameter")
    private Path file;

    @Option(names = "--trust", paramLabel = "DIR")
    private Path trust;

    @Option(names = "--json", descriptionKey = "doctor.json")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        requireFile(file, messages());
        if (trust != null && !Files.isDirectory(trust)) {
            throw new Failure(ExitCode.NOT_FOUND, text("verify.no-folder", trust));
        }
        Path folder = trust == null ? home().path().resolve("config/trust") : trust;
        SignatureVerdict verdict = PluginSignatures.verify(file, PluginSignatures.detached(file), folder, Clock.systemUTC());
        if (json) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("state", verdict.state().name());
            shown.put("algorithm", verdict.algorithm());
            shown.put("signer", verdict.signer());
            shown.put("detail", verdict.detail());
            out().println(HubClient.JSON.writeValueAsString(shown));
        } else {
            out().println(file + ": " + text("verify." + verdict.state().name().toLowerCase(Locale.ROOT))
                    + (verdict.algorithm() == null ? "" : " (" + verdict.algorithm() + ")"));
            out().println(verdict.detail());
        }
        return (verdict.state() == SignatureVerdict.State.TRUSTED ? ExitCode.OK : ExitCode.FAILED).number();
    }

    static void requireFile(Path file, Messages messages) {
        if (!Files.isRegularFile(file)) {
            throw new Failure(ExitCode.NOT_FOUND, messages.text("verify.no-file", file));
        }
    }
}
