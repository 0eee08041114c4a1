package org.yuzui.reporting;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong in the unit files at once; {@link #problem()} is the first with the others, a line each, in its cure. */
public final class UnitFilesException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public UnitFilesException(List<Problem> problems) {
        super(together(problems));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private static Problem together(List<Problem> problems) {
        Problem first = problems.get(0);
        if (problems.size() == 1) {
            return first;
        }
        String others = problems.stream().skip(1).map(Problem::sentence).collect(Collectors.joining("\n"));
        return first.cure((first.cure() == null ? "" : first.cure()) + "\n" + others);
    }
}
