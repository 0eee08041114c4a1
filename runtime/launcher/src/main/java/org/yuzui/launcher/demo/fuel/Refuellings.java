package org.yuzui.launcher.demo.fuel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule by which vehicles are refuelled, so that the vehicle platform's sender and the finance package's sender tell the same
 * without knowing each other. A county has six refuellings a month, n = 1 to 6:
 *
 * <ul>
 *   <li>on day 4n of the month, 10:00 in Chengdu,</li>
 *   <li>of the county's vehicle n − 1, counted round if it has fewer (in the order of {@code vehicles} in the settings),</li>
 *   <li>30.00 litres, and as many hundredths more as (7 × county + 11 × (12 × year + month) + 613 × n) mod 2500,</li>
 *   <li>at 7.86 yuan a litre, rounded half up to the fen,</li>
 *   <li>booked on the same day in the accounts of the county's service centre ({@code <county>-F01}) by the voucher 记-(100 + n), on
 *       an account 燃油费 under 公务用车运行维护费 (economic category 30231).</li>
 * </ul>
 */
public final class Refuellings {

    /** Refuellings of a county in a month. */
    public static final int A_MONTH = 6;
    private static final BigDecimal PRICE = new BigDecimal("7.86");
    private static final int VOUCHERS_FROM = 100;

    private Refuellings() {
    }

    /** In the order of their days. @param county six digits */
    public static List<Refuelling> of(String county, YearMonth month) {
        List<Refuelling> all = new ArrayList<>();
        for (int n = 1; n <= A_MONTH; n++) {
            long more = (7L * Integer.parseInt(county) + 11L * (12L * month.getYear() + month.getMonthValue()) + 613L * n) % 2500;
            BigDecimal litres = BigDecimal.valueOf(3000 + more, 2);
            all.add(new Refuelling(county, n, month.atDay(4 * n), n - 1, litres,
                    litres.multiply(PRICE).setScale(2, RoundingMode.HALF_UP), Integer.toString(VOUCHERS_FROM + n)));
        }
        return all;
    }
}
