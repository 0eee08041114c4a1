package org.yuzui.rules;

import org.yuzui.rules.internal.FormulaCompiler;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One FEEL expression over decimal numbers, compiled once against the names that it may use. The same numbers always give
 * the same answer: it reads no clock and reaches nothing outside. Thread-safe.
 */
public interface Formula {

    /** The numbers and groups that it names. */
    Set<String> uses();

    /**
     * What it says of some values.
     *
     * @param values numbers, and groups as maps of numbers
     * @return empty when it says nothing: something is missing, or divided by zero
     */
    Optional<BigDecimal> number(Map<String, ?> values);

    /** The same of a condition. */
    Optional<Boolean> truth(Map<String, ?> values);

    /**
     * What a formula may name.
     *
     * @param numbers by themselves: {@code electricity}
     * @param groups  numbers with a name before them: {@code previous.electricity}
     * @param open    groups of which nobody knows yet what is in them
     */
    record Names(Set<String> numbers, Map<String, Set<String>> groups, Set<String> open) {
    }

    /** @throws org.yuzui.kernel.ProblemException what is wrong with it, without a place */
    static Formula number(String text, Names names) {
        return FormulaCompiler.compile(text, names, false);
    }

    /** One that is true or false; throws as {@link #number(String, Names)}. */
    static Formula condition(String text, Names names) {
        return FormulaCompiler.compile(text, names, true);
    }
}
