package org.yuzui.reporting;

import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.stream.Collectors;

/** An answer that can't be taken, with everything that is wrong with it at once. */
public final class RefusedSubmission extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final transient List<Failure> failures;

    /** @param failures at least one that is hard; warnings may be among them */
    public RefusedSubmission(String form, List<Failure> failures) {
        super("bad-submission", places(failures), message(form, failures));
        this.failures = List.copyOf(failures);
    }

    /** All of it, warnings too. */
    public List<Failure> failures() {
        return failures;
    }

    @Override
    public List<Fault> faults() {
        return failures.stream().filter(Failure::hard).map(f -> new Fault(f.place(), f.message())).toList();
    }

    private static String places(List<Failure> failures) {
        return failures.stream().filter(Failure::hard).map(Failure::place).filter(p -> p != null).distinct()
                .collect(Collectors.collectingAndThen(Collectors.joining(", "), p -> p.isEmpty() ? null : p));
    }

    private static String message(String form, List<Failure> failures) {
        return "The submission to '" + form + "' can't be taken." + failures.stream().filter(Failure::hard)
                .map(f -> " " + (f.place() == null ? "" : f.place() + " ") + f.message()).collect(Collectors.joining());
    }
}
