package org.yuzui.plugin.assets.input;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How far a deal lies above the start price, as a part of the start price. */
public final class Premium {

    /** 0.2345 is 23.45 %. */
    public static final int DECIMALS = 4;

    private Premium() {
    }

    /**
     * {@code (deal - start) / start}, negative under the start price.
     *
     * @param start above zero
     * @return rounded half up (away from zero at the half) to four decimals
     */
    public static BigDecimal of(BigDecimal start, BigDecimal deal) {
        return deal.subtract(start).divide(start, DECIMALS, RoundingMode.HALF_UP);
    }
}
