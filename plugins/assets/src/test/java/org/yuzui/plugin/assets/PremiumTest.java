package org.yuzui.plugin.assets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.assets.input.Premium;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

/** premium = (deal − start) / start, half up to four decimals; each row reckoned by hand. */
class PremiumTest {

    @ParameterizedTest
    @CsvSource({
        "50000,    61725.5,  0.2345",   // 11725.5 / 50000 = 0.23451
        "20000,    18000,   -0.1",      // -2000 / 20000
        "30000,    30000,    0",
        "3,        4,        0.3333",   // 1/3
        "3,        5,        0.6667",   // 2/3
        "3,        1,       -0.6667",   // -2/3: away from zero
        "20000,    20001,    0.0001",   // 0.00005: the half goes up
        "20000,    19999,   -0.0001",   // and, below, away from zero
        "20000,    20000.98, 0",        // 0.000049
        "100,      0,       -1",        // sold for nothing
        "0.01,     1000000,  99999999", // 999999.99 / 0.01
        "9999999999999.99, 9999999999999.98, 0", // -0.01 / 1e13
    })
    void isExactUpToItsRounding(BigDecimal start, BigDecimal deal, BigDecimal premium) {
        assertThat(Premium.of(start, deal)).isEqualByComparingTo(premium);
        assertThat(Premium.of(start, deal).scale()).isEqualTo(Premium.DECIMALS);
    }
}
