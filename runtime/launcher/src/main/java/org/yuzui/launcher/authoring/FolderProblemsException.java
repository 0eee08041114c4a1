package org.yuzui.launcher.authoring;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.util.List;

/** A plugin's folder can't be packed; everything that is wrong is told at once. */
public final class FolderProblemsException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    FolderProblemsException(List<Problem> problems) {
        super(problems.get(0));
        this.problems = List.copyOf(problems);
    }

    /** In the order in which the files are read; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
