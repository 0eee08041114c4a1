package org.yuzui.launcher.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code yuzui help [COMMAND…]} and {@code yuzui help exit-codes} */
@Command(name = "help")
final class HelpCommand extends LocalCommand {

    @Parameters(arity = "0..*", paramLabel = "COMMAND", descriptionKey = "help.parameter")
    private List<String> words = new ArrayList<>();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec self;

    @Override
    public Integer call() {
        if (words.equals(List.of("exit-codes"))) {
            Table table = new Table(text("exit.code"), text("exit.meaning"));
            for (ExitCode code : ExitCode.values()) {
                table.row(code.number(), text("exit." + code.name().toLowerCase(Locale.ROOT)));
            }
            table.print(out());
            return ExitCode.OK.number();
        }
        CommandLine command = self.commandLine().getParent();
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw new CommandLine.ParameterException(command, text("error.no-command", String.join(" ", words)));
            }
            command = next;
        }
        command.usage(out());
        return ExitCode.OK.number();
    }
}
