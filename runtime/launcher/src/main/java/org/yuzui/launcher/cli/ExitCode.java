package org.yuzui.launcher.cli;

import org.yuzui.kernel.Problem;

import java.util.Set;

/** What the process says to the shell. The numbers are a promise: scripts depend on them. */
public enum ExitCode {
    OK(0),
    /** The thing that was asked for failed. */
    FAILED(1),
    /** The command was not understood, or the file that was given can't be taken. */
    USAGE(2),
    /** A file of the site is wrong; the message names file, line and key. */
    BAD_CONFIGURATION(3),
    /** The data folder is used by another hub, or can't be used. */
    DATA_UNUSABLE(4),
    PORT_IN_USE(5),
    HUB_UNREACHABLE(6),
    /** No token, or one that is not allowed to do this. */
    DENIED(7),
    NOT_FOUND(8),
    /** Something outside the plugin would be touched that was not accepted by name. */
    NOT_ACCEPTED(9);

    private static final Set<String> DATA_CODES = Set.of("data-in-use", "data-not-writable", "store-in-use",
            "store-start-failed", "store-foreign-data", "store-other-version", "broker-data-unusable", "bootstrap-token-unreadable", "log-not-writable");
    /** What hub.yaml says is wrong, though only the other side could tell. */
    private static final Set<String> SETTING_CODES =
            Set.of("store-bad-url", "store-needs-user", "store-denied", "store-no-database", "broker-url");

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** What a problem that kept the hub from starting means for the shell. */
    static ExitCode of(Problem problem) {
        if (problem.code().equals("port-in-use")) {
            return PORT_IN_USE;
        }
        if (DATA_CODES.contains(problem.code())) {
            return DATA_UNUSABLE;
        }
        // Whatever names a place in the site's files can be mended there.
        return problem.place() == null && !SETTING_CODES.contains(problem.code()) ? FAILED : BAD_CONFIGURATION;
    }

    /** What an HTTP status other than 2xx means for the shell. */
    static ExitCode ofStatus(int status) {
        return switch (status) {
            case 400, 413, 415, 422 -> USAGE;
            case 401, 403 -> DENIED;
            case 404 -> NOT_FOUND;
            default -> FAILED;
        };
    }
}
