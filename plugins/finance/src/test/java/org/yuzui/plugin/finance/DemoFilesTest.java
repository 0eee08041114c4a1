package org.yuzui.plugin.finance;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.launcher.demo.fuel.Refuellings;
import org.yuzui.launcher.demo.gbt24589.FinanceSender;
import org.yuzui.launcher.demo.gbt24589.FinanceSender.Fault;
import org.yuzui.plugin.finance.asset.AssetFile;
import org.yuzui.plugin.finance.file.BadFile;
import org.yuzui.plugin.finance.file.Rows;
import org.yuzui.plugin.finance.ledger.PublicFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@code yuzui demo send-finance} writes is what the plugin reads, and its faults are found. */
class DemoFilesTest {

    private static final YearMonth LAST = YearMonth.of(2026, 2);

    @TempDir
    Path home;

    @BeforeEach
    void settings() throws IOException {
        Files.createDirectories(home.resolve("config/plugins"));
        Files.writeString(home.resolve("config/plugins/finance.yaml"), "inbox: in\nbooks: {a: {unit: 510104-F01}, b: {unit: 510302-F01}, h: {unit: 510104-H01}, k: {unit: 510104-K01}}\n");
    }

    @Test
    void soundFilesOfAYearsTurnAreInOrderInBothCharsets() throws IOException {
        List<String> names = new FinanceSender(home, 1).send(LAST.minusMonths(3), LAST, Fault.NONE);

        assertThat(names).hasSize(2 * (2 + 4 + 1) + 2 + 4 + 1).contains("a_2025_public.xml", "b_2026-02_ledger.xml", "k_2026-02_assets.xml");
        assertThat(Files.readString(home.resolve("in/a_2026-01_ledger.xml"))).contains("encoding=\"UTF-8\"");
        assertThat(Files.readAllBytes(home.resolve("in/b_2026-01_ledger.xml")))
                .startsWith("<?xml version=\"1.0\" encoding=\"GB18030\"?>".getBytes(StandardCharsets.US_ASCII));
        for (String name : names) {
            if (name.endsWith("ledger.xml")) {
                assertThat(Files24589.check(Files.readAllBytes(home.resolve("in").resolve(name))).vouchers())
                        .isEqualTo(name.startsWith("h") ? 13 : 13 + Refuellings.A_MONTH);
            } else if (name.endsWith("assets.xml")) {
                try (Rows rows = Files24589.open(Files.newInputStream(home.resolve("in").resolve(name)))) {
                    AssetFile.check(rows);
                }
            } else {
                try (Rows rows = Files24589.open(Files.newInputStream(home.resolve("in").resolve(name)))) {
                    assertThat(PublicFile.check(new Book("a", "510104-F01"), rows).records()).hasSize(1);
                }
            }
        }
        try (Stream<Path> there = Files.list(home.resolve("in"))) {
            assertThat(there.map(p -> p.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void fuelIsBookedAsTheVehiclesWereFilled() throws IOException {
        new FinanceSender(home, 1).send(LAST, LAST, Fault.NONE);
        List<String> booked = new ArrayList<>();
        for (Chunk chunk : Files24589.records(Files.readAllBytes(home.resolve("in/a_2026-02_ledger.xml")))) {
            chunk.records().forEach(v -> v.path("lines").forEach(l -> {
                if (l.path("category").asText().equals("30231") && l.path("item").asText().equals("fuel")) {
                    booked.add(v.path("number").asText() + " " + v.path("date").asText() + " " + l.path("debit").decimalValue());
                }
            }));
        }

        assertThat(booked).containsExactlyElementsOf(Refuellings.of("510104", LAST).stream()
                .map(r -> r.voucher() + " " + r.day() + " " + r.amount()).toList());
        assertThat(booked.get(0)).isEqualTo("101 2026-02-04 337.59");
    }

    @Test
    void theSameArgumentsGiveTheSameFilesAndAnotherSeedOthers() throws IOException {
        Path file = home.resolve("in/a_2026-02_ledger.xml");
        new FinanceSender(home, 1).send(LAST, LAST, Fault.NONE);
        String first = Files.readString(file);
        new FinanceSender(home, 1).send(LAST, LAST, Fault.NONE);
        assertThat(file).hasContent(first);
        new FinanceSender(home, 2).send(LAST, LAST, Fault.NONE);
        assertThat(Files.readString(file)).isNotEqualTo(first);
    }

    @Test
    void faultsAreFound() throws IOException {
        assertThat(codeOf(Fault.UNBALANCED)).isEqualTo("voucher-unbalanced");
        assertThat(codeOf(Fault.WRONG_CHARSET)).isEqualTo("charset");
    }

    private String codeOf(Fault fault) throws IOException {
        String name = new FinanceSender(home, 1).send(LAST, LAST, fault).get(0);
        byte[] bytes = Files.readAllBytes(home.resolve("in").resolve(name));
        String[] code = {null};
        assertThatThrownBy(() -> Files24589.check(bytes)).isInstanceOfSatisfying(BadFile.class, e -> code[0] = e.code());
        return code[0];
    }
}
