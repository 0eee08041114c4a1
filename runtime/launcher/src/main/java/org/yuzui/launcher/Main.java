package org.yuzui.launcher;

import org.yuzui.launcher.cli.CommandLineInterface;

/** The process' entry: everything else is in the command that is named. */
public final class Main {

    private Main() {
    }

    public static void main(String[] arguments) {
        int code = CommandLineInterface.execute(arguments);
        // Threads of a client library must not keep a finished command alive.
        System.exit(code);
    }
}
