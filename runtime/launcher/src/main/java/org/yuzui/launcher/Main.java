package org.yuzui.launcher;

import org.yuzui.launcher.cli.CommandLineInterface;
import org.yuzui.launcher.cli.ExitCode;

/** The process' entry: everything else is in the command that is named. */
public final class Main {

    private Main() {
    }

    public static void main(String[] arguments) {
        int code = ExitCode.FAILED.number();
        try {
            code = CommandLineInterface.execute(arguments);
        } catch (Error e) {
            // A class that is missing, say. Without an exit the threads that run already would keep half a hub alive.
            e.printStackTrace();
        }
        // Threads of a client library must not keep a finished command alive.
        System.exit(code);
    }
}
