package org.yuzui.plugin.assets.input;

import org.yuzui.spi.RefusedException;

import java.util.List;

/** Why a file or a call is refused, whole: the first finding is the reason, the others stand in the report or the answer. */
public final class BadInput extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;
    private final int count;

    BadInput(List<Finding> findings, int count, String message) {
        super(findings.get(0).code(), findings.get(0).place(), message);
        this.findings = List.copyOf(findings);
        this.count = count;
    }

    /** At least one, not all when there are many. */
    public List<Finding> findings() {
        return findings;
    }

    public int count() {
        return count;
    }
}
