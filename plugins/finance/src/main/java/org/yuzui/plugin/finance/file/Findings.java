package org.yuzui.plugin.finance.file;

import org.yuzui.plugin.finance.file.BadFile.Finding;

import java.util.ArrayList;
import java.util.List;

/** What is wrong in a file: all of it is looked for before the file is refused, the first hundred are told. */
public final class Findings {

    private static final int MOST = 100;
    private static final int IN_MESSAGE = 10;

    private final List<Finding> findings = new ArrayList<>();
    private int count;

    public void add(String code, int line, String element, String message) {
        count++;
        if (findings.size() < MOST) {
            findings.add(new Finding(code, line, element, message));
        }
    }

    /** @throws BadFile naming them */
    public void throwIfAny() {
        if (count == 0) {
            return;
        }
        StringBuilder text = new StringBuilder("The file is refused whole, ").append(count)
                .append(count == 1 ? " finding: " : " findings: ");
        findings.stream().limit(IN_MESSAGE).forEach(f -> text.append(f.message()).append(' '));
        if (count > IN_MESSAGE) {
            text.append("… ");
        }
        throw new BadFile(findings, count, text.append("Correct it in the accounts and export again.").toString());
    }
}
