package org.yuzui.plugin.finance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.finance.file.BadFile;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** What is wrong in a ledger, told by changing one thing in one that is in order. */
class LedgerTest {

    @Test
    void theFiguresOfTheSampleComeOut() throws Exception {
        List<Chunk> chunks = Files24589.records(Files24589.ledger().getBytes(StandardCharsets.UTF_8));

        assertThat(chunks).extracting(Chunk::contract).containsExactly(Chunk.EXPENSE, Chunk.BALANCE, Chunk.VOUCHER);
        List<ObjectNode> balances = chunks.get(1).records();
        assertThat(sum(balances, "debit")).isEqualTo(sum(balances, "credit")).isEqualTo("8951.00");
        assertThat(balances).filteredOn(b -> b.path("account").asText().equals("1002")).singleElement()
                .satisfies(b -> assertThat(b.path("closing").decimalValue()).isEqualTo("91049.00"));
        assertThat(chunks.get(2).records()).extracting(v -> v.path("debit").asText()).containsExactly("3808.98", "5142.02");
        assertThat(chunks.get(0).records().get(0).path("categories").toString())
                .isEqualTo("[{\"code\":\"30206\",\"name\":\"电费\",\"amount\":3808.98}]");
    }

    private static String sum(List<ObjectNode> balances, String field) {
        return balances.stream().filter(b -> b.path("level").asInt() == 1).map(b -> b.path(field).decimalValue())
                .reduce(java.math.BigDecimal::add).orElseThrow().toPlainString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "<借方本币金额>3808.98</借方本币金额>%<贷方本币金额>0.00</贷方本币金额>%<附件数> | <借方本币金额>3808.97</借方本币金额>%<贷方本币金额>0.00</贷方本币金额>%<附件数> | voucher-unbalanced | 记-1 of 2024-01",
            "<期末本币余额>91049.00 | <期末本币余额>91049.01 | closing-wrong | Account 1002",
            "<科目编号>160101</科目编号>%<科目名称> | <科目编号>160201</科目编号>%<科目名称> | no-parent | 160201",
            "<科目级次>2</科目级次>%<科目类型>资产 | <科目级次>1</科目级次>%<科目类型>资产 | wrong-level | 160101",
            "<记账凭证日期>20240122 | <记账凭证日期>20240222 | head-differs | first line",
            "<记账凭证行号>2</记账凭证行号>%<记账凭证摘要>购条码打印机</记账凭证摘要>%<科目编号>1002 | <记账凭证行号>2</记账凭证行号>%<记账凭证摘要>购条码打印机</记账凭证摘要>%<科目编号>1009 | unknown-account | 1009",
            "<作废标志>0</作废标志>%</记账凭证>%</总账> | <作废标志>2</作废标志>%</记账凭证>%</总账> | head-differs | first line",
            "4-2-2 | 4:x | bad-rule | rule",
            "20240115 | 2024-13-15 | bad-date | date",
            "<贷方本币金额>8951.00 | <贷方本币金额>8,951.00 | bad-amount | credit"})
    void whatIsWrongIsNamed(String old, String text, String code, String told) {
        String ledger = Files24589.ledger();
        String from = old.replace("%", "\n    ").replace("\n    </", "\n  </").replace("\n  </总账>", "\n</总账>");
        String to = text.replace("%", "\n    ").replace("\n    </", "\n  </").replace("\n  </总账>", "\n</总账>");
        assertThat(ledger).contains(from);

        assertThatThrownBy(() -> Files24589.check(ledger.replaceFirst(java.util.regex.Pattern.quote(from), to)))
                .asInstanceOf(type(BadFile.class)).satisfies(e -> {
                    assertThat(e.findings()).extracting(BadFile.Finding::code).contains(code);
                    assertThat(e.getMessage()).contains(told);
                });
    }

    @Test
    void aPeriodThatIsMissingAndAnOpeningThatContinuesNothingAreFound() {
        String balances = Files24589.ledger().replaceAll("(?s)^.*?(  <科目余额及发生额>.*</科目余额及发生额>\n).*$", "$1");
        String next = balances.replace("<会计期间号>1<", "<会计期间号>2<");
        String gap = balances.replace("<会计期间号>1<", "<会计期间号>3<");

        assertThatThrownBy(() -> Files24589.check(Files24589.ledger().replace(balances, balances + next)))
                .hasMessageContaining("Account 1002 opens 2024-02 with 100000.00 and closed 2024-01 with 91049.00");
        assertThatThrownBy(() -> Files24589.check(Files24589.ledger().replace(balances, balances + gap)))
                .isInstanceOfSatisfying(BadFile.class, e -> assertThat(e.code()).isEqualTo("period-gap"));
    }

    @Test
    void aVoucherThatIsNotOfItsPeriodIsNamed() {
        assertThatThrownBy(() -> Files24589.check(Files24589.ledger().replace("20240122", "20240222")))
                .isInstanceOfSatisfying(BadFile.class, e -> assertThat(e.code()).isEqualTo("date-outside-period"))
                .hasMessageContaining("记-2 of 2024-01 is of 2024-02-22");
    }

    @Test
    void aLevelThatDoesNotAddUpIsNamed() {
        // 160101 alone goes down by one yuan on both sides of its own formula: it still closes, and 1601 is no sum any more.
        String ledger = Files24589.ledger();
        int at = ledger.indexOf("<科目编号>160101</科目编号>\n    <期初余额方向>");
        String row = ledger.substring(at, ledger.indexOf("</科目余额及发生额>", at));

        assertThatThrownBy(() -> Files24589.check(ledger.replace(row, row.replace("5142.02", "5141.02"))))
                .isInstanceOfSatisfying(BadFile.class, e -> assertThat(e.code()).isEqualTo("level-unbalanced"))
                .hasMessageContaining("Level 2 of 2024-01").hasMessageContaining("1601");
    }

    @Test
    void aVoucherThatIsThereTwiceIsRefused() {
        String ledger = Files24589.ledger();
        int last = ledger.lastIndexOf("<记账凭证编号>2<");

        assertThatThrownBy(() -> Files24589.check(ledger.substring(0, last) + ledger.substring(last).replace("编号>2<", "编号>1<")))
                .isInstanceOfSatisfying(BadFile.class, e -> assertThat(e.code()).isEqualTo("voucher-scattered"));
    }

    @Test
    void vouchersThatMoveLessThanTheBalancesAreIncomplete() {
        assertThatThrownBy(() -> Files24589.check(Files24589.ledger().replaceAll("(?s)  <记账凭证>\n    <记账凭证日期>20240122.*?</记账凭证>\n", "")))
                .isInstanceOfSatisfying(BadFile.class, e -> assertThat(e.code()).isEqualTo("vouchers-incomplete"))
                .hasMessageContaining("3808.98").hasMessageContaining("8951.00");
    }

    @Test
    void whatIsCarriedOverAtTheEndOfAPeriodIsNoExpense() throws Exception {
        String closing = """
                  <记账凭证><记账凭证日期>20240131</记账凭证日期><会计年度>2024</会计年度><会计期间号>1</会计期间号><记账凭证类型编号>记</记账凭证类型编号>\
                <记账凭证编号>3</记账凭证编号><记账凭证行号>%d</记账凭证行号><科目编号>%s</科目编号><借方本币金额>%s</借方本币金额>\
                <贷方本币金额>%s</贷方本币金额><记账标志>1</记账标志><作废标志>0</作废标志></记账凭证>
                """;
        String ledger = Files24589.ledger().replaceAll("(?s)  <科目余额及发生额>.*</科目余额及发生额>\n", "")
                .replaceFirst("  <会计科目>", "  <会计科目><科目编号>3301</科目编号><科目名称>本期盈余</科目名称></会计科目>\n  <会计科目>")
                .replace("</总账>", closing.formatted(1, "3301", "3808.98", "0") + closing.formatted(2, "500101", "0", "3808.98") + "</总账>");

        assertThat(Files24589.records(ledger.getBytes(StandardCharsets.UTF_8)).get(0).records().get(0).path("total").asText())
                .isEqualTo("3808.98");
    }

    @Test
    void theSameLedgerInBothCharsetsGivesTheSameRecords() throws Exception {
        byte[] gb = Files24589.ledger().replace("UTF-8", "GB18030").getBytes(Charset.forName("GB18030"));
        byte[] marked = ("\uFEFF" + Files24589.ledger()).getBytes(StandardCharsets.UTF_8);

        assertThat(Files24589.records(gb)).isEqualTo(Files24589.records(Files24589.ledger().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Files24589.records(marked));
    }

    @Test
    void whatXmlWritesInOtherWaysIsTheSameText() throws Exception {
        String written = Files24589.ledger().replace("付电费", "<![CDATA[付电费]]> &amp; &#27700;费&lt;二&gt;");

        assertThat(Files24589.records(written.getBytes(StandardCharsets.UTF_8)).get(2).records().get(0).at("/lines/0/summary").asText())
                .isEqualTo("付电费 & 水费<二>");
    }

    @Test
    void anElementMayBeCalledByItsNumber() throws Exception {
        String numbered = Files24589.ledger().replace("<期末本币余额>", "<x locID=\"020515\">").replace("</期末本币余额>", "</x>");

        assertThat(Files24589.records(numbered.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Files24589.records(Files24589.ledger().getBytes(StandardCharsets.UTF_8)));
    }
}
