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
}
