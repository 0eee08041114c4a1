package org.yuzui.launcher.cli;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.HubConfig;
import org.yuzui.ledger.PayloadKeys;
import picocli.CommandLine.Command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code yuzui ledger …} */
@Command(name = "ledger", subcommands = LedgerCommand.RotateKey.class)
final class LedgerCommand extends GroupCommand {

    /** Adds a key of the cipher that the settings name to the file; a hub that runs takes it up by itself, so it needs none. */
    @Command(name = "rotate-key")
    static final class RotateKey extends LocalCommand {
        @Override
        public Integer call() {
            Path data = home().path().resolve("data");
            Path file = data.resolve("keys/payload.key");
            if (Files.notExists(data)) {
                throw new ProblemException(new Problem("data-missing", data.toString(), "There is no hub here yet.",
                        "It makes its key when it starts for the first time."));
            }
            // No lambda with a key: it would be a method of this class, whose types the short class path of the other commands lacks.
            List<String> keys = PayloadKeys.rotate(file, HubConfig.cipher(home().path())).stream().map(Object::toString).toList();
            out().println(text("ledger.rotated", keys.get(keys.size() - 1), file));
            if (keys.size() > 1) {
                out().println(text("ledger.rotated.before", String.join(", ", keys.subList(0, keys.size() - 1))));
            }
            out().println(text("ledger.rotated.copy"));
            return ExitCode.OK.number();
        }
    }
}
