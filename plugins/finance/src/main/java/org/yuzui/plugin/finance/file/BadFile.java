package org.yuzui.plugin.finance.file;

import org.yuzui.spi.RefusedException;

import java.util.List;

/** Why a file is refused, whole: the first finding is the reason, the others stand in the report beside the file. */
public final class BadFile extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;
    private final int count;

    public BadFile(Finding finding) {
        this(List.of(finding), 1, finding.message());
    }

    /**
     * @param findings not all of them when there are many, at least one
     * @param count    how many there are
     * @param message  a sentence for a person, with the cure
     */
    public BadFile(List<Finding> findings, int count, String message) {
        super(findings.get(0).code(), findings.get(0).place(), message);
        this.findings = List.copyOf(findings);
        this.count = count;
    }

    public BadFile(String code, int line, String element, String message) {
        this(new Finding(code, line, element, message));
    }

    public List<Finding> findings() {
        return findings;
    }

    public int count() {
        return count;
    }

    /**
     * One thing that is wrong.
     *
     * @param line    from 1; 0 when it is about the whole file
     * @param element in the file's own words; may be null
     * @param message with the cure; no personal data
     */
    public record Finding(String code, int line, String element, String message) {

        String place() {
            String name = element == null ? "" : element;
            return line == 0 ? (name.isEmpty() ? null : name) : "line " + line + (name.isEmpty() ? "" : " " + name);
        }

        @Override
        public String toString() {
            String place = place();
            return (place == null ? "" : place + ": ") + code + ": " + message;
        }
    }
}
