package org.yuzui.reporting.internal.form;

import org.yuzui.reporting.Check;
import org.yuzui.reporting.Form;
import org.yuzui.rules.Formula;

import java.util.List;
import java.util.Map;

/**
 * A form whose expressions are ready to be asked.
 *
 * @param formulas of its computed indicators, each after those that it uses
 * @param path     of its file, for messages
 * @param source   of its file, so that a period can keep the version that it was opened with
 */
public record CompiledForm(Form form, Map<String, Formula> formulas, List<CompiledCheck> checks, String path, String source) {

    /**
     * A check with its expressions.
     *
     * @param condition null when it is an equality
     * @param left      of an equality
     * @param right     of an equality
     */
    public record CompiledCheck(Check check, Formula condition, Formula left, Formula right) {
    }

    public String id() {
        return form.id();
    }

    /** The same as another version. */
    public CompiledForm version(int number) {
        return new CompiledForm(form.version(number), formulas, checks, path, source);
    }
}
