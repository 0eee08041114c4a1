package org.yuzui.plugin.hr.roster;

import org.yuzui.spi.RefusedException;

import java.util.List;

/** Why a roster, or rows of a database, are refused. */
public final class BadRoster extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;
    private final int count;

    /**
     * Of what was found.
     *
     * @param findings not all of them when there are many, at least one
     * @param count    how many there are
     */
    public BadRoster(List<Finding> findings, int count) {
        super(findings.get(0).fault().code(), findings.get(0).where(), (count > 1 ? count + " findings, the first: " : "") + findings.get(0));
        this.findings = List.copyOf(findings);
        this.count = count;
    }

    /** The enum of this package, not the fault that the superclass tells. */
    public BadRoster(org.yuzui.plugin.hr.roster.Fault fault, String place, String value) {
        this(List.of(new Finding(fault, place, null, value)), 1);
    }

    public List<Finding> findings() {
        return findings;
    }

    public int count() {
        return count;
    }
}
