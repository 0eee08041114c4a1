package org.yuzui.launcher.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Somebody who types commands and reads what they print. */
abstract class AtTheTerminal {

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /** In English when no language is named. */
    int yuzui(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--lang")) {
            all.addAll(List.of("--lang", "en"));
        }
        return run(all.toArray(String[]::new));
    }

    /** These words and no others. */
    final int run(String... arguments) {
        return CommandLineInterface.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
