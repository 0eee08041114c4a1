package org.yuzui.web.internal;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

/** A call that is not served, with the HTTP status that says so. */
public class Refusal extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public Refusal(int status, Problem problem) {
        super(problem);
        this.status = status;
    }

    public final int status() {
        return status;
    }

    static Refusal badRequest(String code, String place, String message, String cure) {
        return new Refusal(400, new Problem(code, place, message, cure));
    }

    static Refusal notFound(String code, String place, String message, String cure) {
        return new Refusal(404, new Problem(code, place, message, cure));
    }
}
