package org.yuzui.launcher.demo.fuel;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * @param county  six digits
 * @param number  from 1 within county and month
 * @param vehicle which of the county's vehicles in the order of the settings, from 0
 * @param litres  two decimals
 * @param amount  in yuan, two decimals
 * @param voucher the number of the voucher that books it in the service centre's accounts, of that month
 */
public record Refuelling(String county, int number, LocalDate day, int vehicle, BigDecimal litres, BigDecimal amount, String voucher) {

    /** The vehicle platform that reports it. */
    public String platform() {
        return county + "-V01";
    }

    /** The service centre that pays for it. */
    public String centre() {
        return county + "-F01";
    }
}
