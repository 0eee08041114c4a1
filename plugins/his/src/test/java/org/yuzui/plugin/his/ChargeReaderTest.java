package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.his.hl7.Refusal;

import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChargeReaderTest {

    private final ChargeReader reader = new ChargeReader(Reading.ZONE, Reading.NONE);

    @Test
    void oneRecordForEachFt1WithExactAmounts() {
        List<? extends JsonNode> charges = Reading.of(reader, "DFT^P03^DFT_P03", "EVN|P03|20260305180000",
                "PID|1||MZ1^^^HIS^PI||测试^二号||19880202|F", "PV1|1|O|020105&内分泌科" + "|".repeat(16) + "V1",
                "FT1|1|F001||20260305091000|20260305180000|CG|110200001^普通门诊诊查费^L|||1|12.00|12.00|020105^内分泌科",
                "FT1|2|F002||20260305092000|20260305180000|CG|250302001^葡萄糖测定^L|||3||0.10");

        assertThat(charges.get(0)).hasToString("{\"unit\":\"510104-H01\",\"charge\":\"F001\",\"type\":\"charge\","
                + "\"chargedAt\":\"2026-03-05T09:10:00+08:00\",\"chargedOn\":\"2026-03-05\",\"postedAt\":\"2026-03-05T18:00:00+08:00\","
                + "\"item\":\"110200001\",\"itemName\":\"普通门诊诊查费\",\"quantity\":1,\"unitPrice\":12.00,\"amount\":12.00,"
                + "\"currency\":\"CNY\",\"department\":{\"code\":\"020105\",\"name\":\"内分泌科\"},\"visit\":\"V1\","
                + "\"patient\":{\"gender\":\"F\",\"birthYear\":1988}}");
        assertThat(charges.get(1).path("amount").decimalValue()).as("three times 0.10, not 0.30000000000000004").isEqualTo(new BigDecimal("0.30"));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"12.5&USD, 12.5, USD", "-3.00, -3.00, CNY", ".5, 0.5, CNY", "999999999999.999999, 999999999999.999999, CNY"})
    void amountsAndCurrencies(String written, String amount, String currency) {
        JsonNode charge = Reading.of(reader, "DFT^P03", "FT1|1|F1||20260305||CD|X|||1|" + written).get(0);

        assertThat(charge.path("amount").decimalValue()).isEqualByComparingTo(amount);
        assertThat(charge.path("currency").asText()).isEqualTo(currency);
        assertThat(charge.path("type").asText()).isEqualTo("credit");
    }

    @ParameterizedTest
    @CsvSource({"'FT1|1|F1||20260305||CG|X|||1|1e400', FT1-11, bad-value", "'FT1|1|F1||20260305||CG|X|||1|12，00', FT1-11, bad-value",
            "'FT1|1|F1||20260305||CG|X|||many|1', FT1-10, bad-value", "'FT1|1|F1||20260305||CG|X', FT1-11, missing-field",
            "'FT1|1|||20260305||CG|X|||1|1', FT1-2, missing-field", "PV1|1, FT1, missing-field",
            "'FT1|1|F1||||CG|X|||1|1234567890123', FT1-11, bad-value"})
    void aBillThatCannotBeReadIsRefusedWhole(String ft1, String place, String code) {
        assertThatThrownBy(() -> Reading.of(reader, "DFT^P03", "FT1|9|OK||20260305||CG|X|||1|1.00".replace("FT1|9", ft1.startsWith("FT1") ? "FT1|9" : "ZZZ"), ft1))
                .isInstanceOfSatisfying(Refusal.class, r -> {
                    assertThat(r.place()).isEqualTo(place);
                    assertThat(r.code()).isEqualTo(code);
                });
    }
}
