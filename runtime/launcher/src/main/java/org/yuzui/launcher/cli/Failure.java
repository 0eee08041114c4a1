package org.yuzui.launcher.cli;

/** Ends a command with a sentence for a person and a code for the shell; no stack trace is shown. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final transient byte[] json;

    Failure(ExitCode code, String sentence) {
        this(code, sentence, null);
    }

    /** @param json what the hub answered, to be shown instead where JSON is asked for; may be null */
    Failure(ExitCode code, String sentence, byte[] json) {
        super(sentence, null, false, false);
        this.code = code;
        this.json = json;
    }

    ExitCode code() {
        return code;
    }

    byte[] json() {
        return json;
    }
}
