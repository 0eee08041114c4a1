package org.yuzui.launcher;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves {@code ${env:NAME}} and {@code ${file:path}} in configured values, so that no secret stands in a file of them. */
final class Secrets {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private final Path home;

    /** @param home what a relative {@code file:} path is relative to */
    Secrets(Path home) {
        this.home = home;
    }

    /** @param problem makes the problem of a reference that leads nowhere, from its sentence */
    String resolve(String text, Function<String, Problem> problem) {
        Matcher m = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (m.find()) {
            String name = m.group(2);
            m.appendReplacement(resolved, Matcher.quoteReplacement(
                    m.group(1).equals("env") ? variable(name, problem) : content(name, problem)));
        }
        return m.appendTail(resolved).toString();
    }

    private static String variable(String name, Function<String, Problem> problem) {
        String value = System.getenv(name);
        if (value == null) {
            throw new ProblemException(problem.apply("The environment variable " + name + " is not set."));
        }
        return value;
    }

    private String content(String path, Function<String, Problem> problem) {
        try {
            return Files.readString(home.resolve(path)).strip();
        } catch (IOException e) {
            throw new ProblemException(problem.apply("The file " + path + " can't be read: " + e.getMessage()), e);
        }
    }
}
