package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.assets.TestBook.Raw;
import org.yuzui.sheet.Limits;
import org.yuzui.spi.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What cells mean, and what they must not. */
class WorkbookTest {

    private static TestBook cards() {
        return new TestBook().sheet("资产卡片", "单位", "资产编号", "资产名称", "分类代码", "数量", "计量单位", "原值", "取得日期", "使用状态", "净值");
    }

    /** A card in which one cell is another. @param column from 0 */
    private static Object[] card(int column, Object value) {
        Object[] row = {"锦江", "0012", "桌子", "A0501", 1, "张", 800, "2026-01-05", "在用", null};
        row[column] = value;
        return row;
    }

    private static ObjectNode one(TestBook book) {
        return Given.records(book.bytes()).get(0);
    }

    @Test
    void datesInBothDateSystemsAndAsTexts() {
        Raw serial = new Raw("s=\"1\"><v>46027</v>"); // 2026-01-05 since 1899-12-30
        assertThat(one(cards().row(card(7, serial))).path("acquiredOn").asText()).isEqualTo("2026-01-05");
        Raw of1904 = new Raw("s=\"1\"><v>44565.75</v>"); // 46027 - 1462, and six in the evening
        assertThat(one(cards().from1904().row(card(7, of1904))).path("acquiredOn").asText()).isEqualTo("2026-01-05");
        assertThat(one(cards().row(card(7, new Raw("t=\"d\"><v>2026-01-05T00:00:00</v>")))).path("acquiredOn").asText()).isEqualTo("2026-01-05");
        for (String text : new String[] {"2026-01-05", "2026/1/5", "2026.1.5", "2026年1月5日", "20260105", "2026-01-05 00:00:00"}) {
            assertThat(one(cards().row(card(7, text))).path("acquiredOn").asText()).as(text).isEqualTo("2026-01-05");
        }
        assertThat(one(cards().row(card(7, 20260105))).path("acquiredOn").asText()).as("digits as a number").isEqualTo("2026-01-05");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "7 | 46027      | H2 date-as-number", "7 | 5/1/26 | H2 bad-date", "7 | 2026-02-30 | H2 bad-date", "7 | 2026-11-01 | H2 acquired-later",
        "1 | 12         | B2 number-as-code", "6 | 800元  | G2 bad-number", "6 | '1,23' | G2 bad-number", "6 | 0.001  | G2 too-precise",
        "6 | -1         | G2 negative",       "6 | 99999999999999 | G2 too-large", "4 | 0 | E2 zero", "8 | 坏了 | I2 unknown-value",
        "9 | 801        | J2 net-above-original", "0 | 武侯 | A2 unknown-unit"})
    void aFaultyCellIsNamed(int column, String value, String finding) {
        Object cell = value.matches("-?[0-9.]+") ? (Object) new java.math.BigDecimal(value) : value;
        assertThat(Given.findings(cards().row(card(column, cell)).bytes())).containsExactly("资产卡片!" + finding);
    }

    @Test
    void formulasErrorsAndLogicalValuesAreNoValues() {
        assertThat(Given.findings(cards().row(card(6, new Raw("><f>1+1</f><v>2</v>"))).bytes())).containsExactly("资产卡片!G2 formula");
        assertThat(Given.findings(cards().row(card(6, new Raw("t=\"e\"><v>#REF!</v>"))).bytes())).containsExactly("资产卡片!G2 error-value");
        assertThat(Given.findings(cards().row(card(2, new Raw("t=\"b\"><v>1</v>"))).bytes())).containsExactly("资产卡片!C2 wrong-type");
        assertThat(Given.findings(cards().row(card(6, new Raw("><v>1E300</v>"))).bytes())).containsExactly("资产卡片!G2 error-value");
    }

    @Test
    void numbersAsTextsAndTheNoiseOfBinaryNumbers() {
        assertThat(one(cards().row(card(6, "1,234,567.80"))).path("originalValue").decimalValue()).isEqualByComparingTo("1234567.8");
        assertThat(one(cards().row(card(6, new Raw("><v>12345.670000000002</v>")))).path("originalValue").decimalValue()).isEqualByComparingTo("12345.67");
        assertThat(one(cards().row(card(6, new Raw("><v>1.2E3</v>")))).path("originalValue").decimalValue()).isEqualByComparingTo("1200");
    }

    @Test
    void leadingZerosStayAndSharedTextsAreWithoutTheirPronunciation() {
        String shared = "<sst><si><t>0012</t></si><si><r><t>办公</t></r><r><t>桌</t></r><rPh sb=\"0\" eb=\"1\"><t>bangong</t></rPh></si></sst>";
        TestBook book = cards().shared(shared).row(card(1, new Raw("t=\"s\"><v>0</v>"))).row(card(2, new Raw("t=\"s\"><v>1</v>")));
        assertThat(one(book).path("asset").asText()).isEqualTo("0012");
        assertThat(Given.records(book.bytes()).get(1).path("name").asText()).isEqualTo("办公桌");
        assertThat(refusal(cards().row(card(1, new Raw("t=\"s\"><v>7</v>"))).bytes())).isEqualTo("bad-sheet");
    }

    @Test
    void titlesRemarksAndUnknownColumnsArePassedOver() {
        byte[] book = new TestBook().sheet("资产台账", "2026年资产台账").row().row("单位名称", "备注", "资产编号*", "资产名称", "分类代码", "数量", "计量单位", "原值（元）",
                "取得日期", "使用状态").row("锦江", "看看", "Z-1", "桌子", "A05", "2", "张", "800", "2026-01-05", "在用").row().row(null, "以上共一项").bytes();
        assertThat(Given.records(book)).hasSize(1);
    }

    @Test
    void sheetsAndColumnsThatAreMissingAreTold() {
        assertThat(Given.findings(new TestBook().sheet("Sheet1", "a").bytes())).containsExactly("Sheet1 unknown-sheet");
        assertThat(Given.findings(new TestBook().sheet("说明", "a").bytes())).containsExactly("null no-records");
        assertThat(Given.findings(new TestBook().sheet("归还", "a", "b").bytes())).containsExactly("归还 no-header");
        assertThat(Given.findings(new TestBook().sheet("归还", "资产编号", "单号").bytes())).containsExactly("归还!1 missing-column", "归还!1 missing-column");
        assertThat(Given.findings(new TestBook().sheet("归还", "单号", "单号", "资产编号", "出借单位", "归还日期").bytes())).contains("归还!1 column-twice");
    }

    @Test
    void aSaleHasItsPremiumAndAWrongOneIsTold() {
        TestBook sales = new TestBook().sheet("处置", "单号", "资产编号", "处置单位", "处置日期", "处置方式", "起拍价", "成交价", "溢价率", "批准文号");
        sales.row("C1", "Z1", "锦江", "2026-10-05", "出售", 50000, 61725.5, null, "1号").row("C2", "Z2", "锦江", "2026-10-05", "拍卖", 20000, 18000, "-10%", "1号")
                .row("C3", "Z3", "锦江", "2026-10-05", "报废", null, 120, null, "1号").row("C4", "Z4", "锦江", "2026-10-05", "报废", 0, null, null, "1号");
        assertThat(Given.records(sales.bytes())).extracting(r -> r.path("premium").asText() + r.path("premiumAbsent").asText())
                .containsExactly("0.2345", "-0.1000", "no-start-price", "start-price-zero");
        sales.row("C5", "Z5", "锦江", "2026-10-05", "出售", 50000, 61725.5, 0.25, "1号").row("C6", "Z6", "锦江", "2026-10-05", "出售", 0, 5, null, "1号")
                .row("C7", "Z7", "锦江", "2026-10-05", "捐赠", null, null, 0.1, "1号").row("C8", "Z8", "锦江", "2026-10-05", "出售", null, null, null, null);
        assertThat(Given.findings(sales.bytes())).containsExactly("处置!H6 premium-wrong", "处置!F7 start-price-zero", "处置!H8 premium-without-prices",
                "处置!F9 missing", "处置!G9 missing", "处置!I9 missing");
    }

    @Test
    void rowsAndBytesHaveLimits() {
        byte[] three = cards().row(card(1, "a")).row(card(1, "b")).bytes();
        assertThat(refusal(three, new Limits(64L << 20, 1L << 30, 2))).isEqualTo("too-many-rows");
        assertThat(refusal(three, new Limits(100, 1L << 30, 9))).isEqualTo("too-large");
        assertThat(refusal(three, new Limits(64L << 20, 1_000, 9))).isEqualTo("inflates");
    }

    static String refusal(byte[] workbook) {
        return refusal(workbook, Given.LIMITS);
    }

    static String refusal(byte[] workbook, Limits limits) {
        String[] code = {null};
        assertThatThrownBy(() -> Given.records(workbook, limits)).isInstanceOfSatisfying(RefusedException.class, e -> code[0] = e.code());
        return code[0];
    }
}
