package org.yuzui.plugin.energy.meter;

import java.math.BigDecimal;

/**
 * What a meter said.
 *
 * @param serial the number by which the meter named itself; the one that it was asked by where its protocol has no such thing
 * @param value  exactly as the register shows it, in its unit
 */
public record Reply(String serial, BigDecimal value) {
}
