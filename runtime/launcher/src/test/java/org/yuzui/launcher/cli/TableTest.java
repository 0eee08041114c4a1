package org.yuzui.launcher.cli;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class TableTest {

    @Test
    void columnsStayAlignedWithWideCharacters() {
        StringWriter text = new StringWriter();
        new Table("单位", "code", "人次").rightFrom(2)
                .row("四川省", "510000", 1234)
                .row("  Zigong", "510300", null)
                .print(new PrintWriter(text, true));
        assertThat(text.toString().lines()).containsExactly(
                "单位      code    人次",
                "四川省    510000  1234",
                "  Zigong  510300");
    }

    @Test
    void widthIsCellsNotCharacters() {
        assertThat(Table.width("鱼嘴")).isEqualTo(4);
        assertThat(Table.width("Yuzui – ✓")).isEqualTo(9);
        assertThat(Table.width("（１）")).isEqualTo(6);
        assertThat(Table.width("𠀀")).isEqualTo(2);
    }

    @Test
    void aTableThatIsTooWideFoldsItsHeadsAboveNarrowFigures() {
        StringWriter text = new StringWriter();
        Table table = new Table("Unit", "Code", "Use on days off without an order (次)", "出院患者平均住院日（天）", "Trips (次)",
                "Distance with known fuel (km)", "Outside the permitted area (次)").rightFrom(2);
        table.row("Sichuan", "510000", 0, "1.5", 105, "2227.2", 0).print(new PrintWriter(text, true));
        assertThat(text.toString().lines()).containsExactly(
                "                   Use on",
                "                 days off                    Distance    Outside",
                "                  without  出院患者              with        the",
                "                 an order  平均住院  Trips      known  permitted",
                "Unit     Code        (次)  日（天）   (次)  fuel (km)  area (次)",
                "Sichuan  510000         0       1.5    105     2227.2          0");
    }
}
