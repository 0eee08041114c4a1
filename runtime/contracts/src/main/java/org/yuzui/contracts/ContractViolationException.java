package org.yuzui.contracts;

import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.stream.Collectors;

/** A record breaks its contract; says every way in which it does. */
public class ContractViolationException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final String contract;
    private final transient List<Violation> violations;

    public ContractViolationException(String contract, List<Violation> violations) {
        super("contract-violation", violations.isEmpty() ? null : violations.get(0).pointer(),
                contract + ": " + violations.stream().map(v -> v.pointer() + " " + v.message())
                        .collect(Collectors.joining("; ")));
        this.contract = contract;
        this.violations = List.copyOf(violations);
    }

    public String contract() {
        return contract;
    }

    @Override
    public List<Fault> faults() {
        return violations.stream().map(v -> new Fault(v.pointer(), v.message())).toList();
    }

    public List<Violation> violations() {
        return violations;
    }
}
