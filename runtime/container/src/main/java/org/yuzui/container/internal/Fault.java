package org.yuzui.container.internal;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

/** Turns what a plugin threw into words for a person. */
final class Fault {

    private Fault() {
    }

    /** Whether the words say it all, so that a stack trace in the log would only be noise. */
    static boolean isExpected(Throwable thrown) {
        return thrown instanceof ProblemException || missingClass(thrown) != null;
    }

    static Problem problem(Throwable thrown, String place) {
        if (thrown instanceof ProblemException known) {
            return known.problem().place() == null ? known.problem().at(place) : known.problem();
        }
        String missing = missingClass(thrown);
        if (missing != null) {
            return new Problem("missing-class", place,
                    "The class " + missing + " is neither in the jar nor among what the hub offers.",
                    "Put it into the jar, or import its package if the hub offers it.");
        }
        if (thrown instanceof LinkageError) {
            return new Problem("broken-class", place, "A class does not fit to the others: " + describe(thrown) + ".",
                    "Build the plugin against the versions of this hub.");
        }
        return new Problem("deploy-failed", place, "It could not be taken in: " + describe(thrown) + ".", null);
    }

    private static String missingClass(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            boolean missing = t instanceof ClassNotFoundException
                    || t instanceof NoClassDefFoundError && !String.valueOf(t.getMessage()).contains("initialize");
            if (missing && t.getMessage() != null) {
                // Felix adds " not found by his [5]".
                return t.getMessage().split(" ")[0].replace('/', '.');
            }
        }
        return null;
    }

    private static String describe(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return root.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
