package org.yuzui.launcher.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only groups others: alone it is not understood, and says what stands under it. */
abstract class GroupCommand implements Runnable {

    @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "lang")
    private String language;

    @Option(names = {"-h", "--help"}, usageHelp = true, descriptionKey = "help")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), Messages.of(language).text("error.group",
                spec.qualifiedName(), String.join(", ", spec.subcommands().keySet())));
    }
}
