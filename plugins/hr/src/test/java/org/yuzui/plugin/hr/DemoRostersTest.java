package org.yuzui.plugin.hr;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.launcher.demo.rosters.RosterSender;
import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.roster.Comparison;
import org.yuzui.plugin.hr.roster.Headings;
import org.yuzui.plugin.hr.roster.Roster;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.plugin.hr.sheet.Sheet;
import org.yuzui.plugin.hr.sheet.SheetFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code yuzui demo send-rosters} writes is what the plugin reads, and says what the report must show. */
class DemoRostersTest {

    @TempDir
    Path home;

    @BeforeEach
    void settings() throws IOException {
        Files.createDirectories(home.resolve("config/plugins"));
        Files.writeString(home.resolve("config/plugins/hr.yaml"),
                "inbox: in\nrosters: {a: {unit: 510104-F01}, b: {unit: 510302-F01}, c: {unit: 510105-H01}}\n");
    }

    @Test
    void twoRostersOfEachUnitInThreeWritingsAndAThirdThatMissesMost() throws IOException {
        RosterSender sender = new RosterSender(home, 1);
        List<String> names = sender.send(YearMonth.of(2026, 2));

        assertThat(names).containsExactly("a_2026-01-31.xlsx", "a_2026-02-28.xlsx", "b_2026-01-31.csv", "b_2026-02-28.csv", "c_2026-01-31.csv",
                "c_2026-02-28.csv", "c_2026-03-01.csv");
        int total = 0;
        for (String unit : List.of("a", "b", "c")) {
            String ending = unit.equals("a") ? ".xlsx" : ".csv";
            Comparison first = compare(read(unit + "_2026-01-31" + ending), null);
            Comparison second = compare(read(unit + "_2026-02-28" + ending), first);
            assertThat(second.count(Comparison.JOINED)).isEqualTo(2);
            assertThat(second.count(Comparison.LEFT)).isEqualTo(1);
            assertThat(second.count(Comparison.RETIRED)).isEqualTo(1);
            assertThat(second.count(Comparison.MOVED)).isEqualTo(2);
            total += second.after();
        }
        assertThat(sender.expected().get("510000")).containsExactly(total, 6, 3, 3);
        assertThat(sender.expected()).containsKeys("510100", "510300", "510104", "510105", "510302", "510104-F01");
        Comparison last = compare(read("c_2026-03-01.csv"), compare(read("c_2026-02-28.csv"), null));
        assertThat(last.count(Comparison.LEFT)).isGreaterThan(last.before() / 2);
    }

    @Test
    void theSameArgumentsGiveTheSameFiles() throws IOException {
        new RosterSender(home, 1).send(YearMonth.of(2026, 2));
        byte[] first = Files.readAllBytes(home.resolve("in/a_2026-02-28.xlsx"));
        new RosterSender(home, 1).send(YearMonth.of(2026, 2));
        assertThat(home.resolve("in/a_2026-02-28.xlsx")).hasBinaryContent(first);
    }

    private Roster read(String name) throws IOException {
        try (Sheet sheet = SheetFile.open(home.resolve("in").resolve(name), null)) {
            return RosterSheet.read(sheet, new RosterSheet.Terms(new Headings(Map.of()), CodeTables.load(null), null, i -> Optional.empty()), "u",
                    LocalDate.parse(name.substring(2, 12)));
        }
    }

    private static Comparison compare(Roster roster, Comparison before) {
        Comparison comparison = new Comparison(roster, before == null);
        if (before != null) {
            before.people(1_000).forEachRemaining(l -> comparison.take(List.copyOf(l)));
        }
        comparison.end();
        return comparison;
    }
}
