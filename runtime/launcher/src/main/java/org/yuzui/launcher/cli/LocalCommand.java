package org.yuzui.launcher.cli;

import org.yuzui.kernel.Problem;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** What all commands share: their language, their help and where they print. */
abstract class LocalCommand implements Callable<Integer> {

    @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "lang", order = 100)
    private String language;

    @Option(names = {"-h", "--help"}, usageHelp = true, descriptionKey = "help", order = 101)
    private boolean help;

    @Spec
    private CommandSpec spec;

    private Messages messages;

    final Messages messages() {
        if (messages == null) {
            messages = Messages.of(language);
        }
        return messages;
    }

    final String text(String key, Object... values) {
        return messages().text(key, values);
    }

    /** What is wrong, in the reader's language as far as it is known there. */
    final String say(Problem problem) {
        return messages().say(problem);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** A JSON body as the hub gave it. */
    final void print(byte[] json) {
        out().println(new String(json, StandardCharsets.UTF_8).stripTrailing());
    }

    static Home home() {
        return Home.locate();
    }
}
