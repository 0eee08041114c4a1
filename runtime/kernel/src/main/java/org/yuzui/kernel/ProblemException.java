package org.yuzui.kernel;

import java.util.Objects;

/** Carries a {@link Problem} to whoever can show it; its message is the problem's sentence. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    public ProblemException(Problem problem, Throwable cause) {
        super(Objects.requireNonNull(problem, "problem").sentence(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
