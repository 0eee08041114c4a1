package org.yuzui.reporting;

import java.math.BigDecimal;

/**
 * One cell that two versions of a submission say differently.
 *
 * @param before null when it was not there
 * @param after  null when it is not there any more
 */
public record CellChange(String cell, BigDecimal before, BigDecimal after) {
}
