package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.math.BigDecimal;
import java.util.List;

/**
 * Something that must hold for the numbers of an answer. One that looks at a period or a form of which there is nothing is
 * passed over.
 *
 * @param id        unique in the form
 * @param message   what the form says to those whose answer breaks it
 * @param hard      whether the answer is refused; otherwise it is taken, and its reviewer sees it
 * @param cells     the indicators that it is about
 * @param condition in FEEL; null when it is an {@code equality}
 * @param equality  two expressions that must agree; null when it is a {@code condition}
 */
public record Check(String id, Title message, boolean hard, List<String> cells, String condition, Equality equality) {

    /**
     * {@code left = right}, but for a tolerance.
     *
     * @param tolerance how far they may be apart
     * @param percent   whether that is per cent of {@code right}
     */
    public record Equality(String left, String right, BigDecimal tolerance, boolean percent) {
    }
}
