package org.yuzui.launcher.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code yuzui plugin install FILE} */
@Command(name = "install")
final class PluginInstall extends PluginChange {

    /** More is no signature, and no header. */
    private static final int SIGNATURE_BYTES = 4096;

    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "plugin.file.parameter")
    private Path file;

    @Option(names = "--signature", paramLabel = "FILE", descriptionKey = "plugin.signature")
    private Path signature;

    @Override
    byte[] change(HubClient hub, Map<String, Object> parameters) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Failure(ExitCode.USAGE, text("error.no-file", file));
        }
        Path beside = file.resolveSibling(file.getFileName() + ".sig");
        Path signed = signature != null ? signature : Files.isRegularFile(beside) ? beside : null;
        Map<String, Object> all = new LinkedHashMap<>(parameters);
        all.put("fileName", file.getFileName().toString());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Yuzui-Signature", signed == null ? null : base64(signed));
        return hub.upload("/api/v1/plugins", all, file, HubClient.JAR, headers);
    }

    private String base64(Path signed) {
        try {
            if (Files.size(signed) <= SIGNATURE_BYTES) {
                return Base64.getEncoder().encodeToString(Files.readAllBytes(signed));
            }
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, text("error.no-file", signed));
        }
        throw new Failure(ExitCode.USAGE, text("error.no-signature", signed));
    }
}
