package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.launcher.demo.assets.AssetsSender;
import org.yuzui.testkit.HubExtension;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.assets.Patience.await;

/** What {@code yuzui demo send-assets} sends to a running hub becomes the report that it says. */
class DemoMonthTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 10);
    private static final Site SITE = new Site("demo");

    @RegisterExtension
    static final HubExtension HUB = SITE.hub;

    @Test
    void theReportIsWhatTheSenderSays() throws Exception {
        AssetsSender sender = new AssetsSender(HUB.home(), MONTH, 1);
        List<String> names = sender.writeWorkbooks(false);
        assertThat(sender.await(names, 0, Duration.ofMinutes(2))).containsOnlyKeys(names).allSatisfy((name, refused) -> assertThat(refused).isFalse());
        assertThat(sender.call(Site.TOKEN).values()).containsOnly(200);

        HUB.hub().scheduler().run("assets/monthly-report", MONTH.atEndOfMonth());
        Map<String, BigDecimal> province = AssetsSender.sum(sender.expected().values());
        await().untilAsserted(() -> {
            JsonNode total = HUB.get("/reports/assets-monthly/" + MONTH + "?unit=510000").path("total");
            province.forEach((code, value) -> assertThat(total.at("/values/" + code).decimalValue().subtract(value).abs())
                    .as(code).isLessThan(code.equals("premium") ? new BigDecimal("0.005001") : new BigDecimal("0.000001")));
            assertThat(total.at("/values/conflicts").asInt()).isZero();
        });
        sender.expected().forEach((unit, figures) -> {
            JsonNode total = HUB.get("/reports/assets-monthly/" + MONTH + "?unit=" + unit).path("total");
            figures.forEach((code, value) -> assertThat(total.at("/values/" + code).decimalValue()).as(unit + " " + code).isEqualByComparingTo(value));
        });

        List<String> faulty = sender.writeWorkbooks(true);
        assertThat(sender.await(faulty, 0, Duration.ofMinutes(2)).values()).containsOnly(true);
        assertThat(SITE.inbox.resolve(".refused/" + faulty.get(0) + ".report.txt")).content().contains("asset-lent");
    }
}
