package org.yuzui.plugin.hr.roster;

import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.stream.Collectors;

/** Why a roster, or rows of a database, are refused. */
public final class BadRoster extends RefusedException {

    private static final long serialVersionUID = 1L;
    private static final int IN_MESSAGE = 5;

    private final transient List<Finding> findings;
    private final int count;

    /**
     * Of what was found.
     *
     * @param findings not all of them when there are many, at least one
     * @param count    how many there are
     */
    public BadRoster(List<Finding> findings, int count) {
        super(findings.get(0).fault().code(), findings.get(0).where(), text(findings, count));
        this.findings = List.copyOf(findings);
        this.count = count;
    }

    /** The enum of this package, not the fault that the superclass tells. */
    public BadRoster(org.yuzui.plugin.hr.roster.Fault fault, String place, String value) {
        this(List.of(new Finding(fault, place, null, value)), 1);
    }

    private static String text(List<Finding> findings, int count) {
        if (count == 1) {
            return findings.get(0).toString();
        }
        return count + " findings: " + findings.stream().limit(IN_MESSAGE).map(Finding::toString).collect(Collectors.joining("; "))
                + (count > IN_MESSAGE ? "; …" : "");
    }

    public List<Finding> findings() {
        return findings;
    }

    public int count() {
        return count;
    }
}
