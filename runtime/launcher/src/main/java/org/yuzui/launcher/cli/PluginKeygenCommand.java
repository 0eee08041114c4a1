package org.yuzui.launcher.cli;

import org.yuzui.container.PluginSignatures;
import org.yuzui.container.SignatureAlgorithm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/** {@code yuzui plugin keygen}: a pair of keys to sign with. Needs no hub. */
@Command(name = "keygen")
final class PluginKeygenCommand extends LocalCommand {

    @Parameters(paramLabel = "NAME")
    private Path name;

    @Option(names = "--sm2")
    private boolean sm2;

    @Override
    public Integer call() {
        Path whole = name.toAbsolutePath().normalize();
        String id = PluginSignatures.makeKeys(sm2 ? SignatureAlgorithm.SM2 : SignatureAlgorithm.ED25519, whole.getParent(),
                whole.getFileName().toString());
        out().println(text("keygen.made", id));
        out().println(text("keygen.secret", name + ".key"));
        out().println(text("keygen.open", name + ".pem"));
        return ExitCode.OK.number();
    }
}
