package org.yuzui.reporting;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.store.Store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.yuzui.reporting.Site.json;

/** Files that are made by the hub, filled by a library as a person would, and handed in. */
@ExtendWith(TestStore.class)
class SheetsTest {

    private static final Period OCTOBER = Period.parse("2026-10");
    private static final Signature CLERK = new Signature("zhang", "xlsx");

    private Reports reports;

    @BeforeEach
    void open(Store store) {
        reports = Site.empty(store);
        reports.deploy(new FixturePlugin("p").form("energy", """
                title: {zh: 用能月报, en: Energy}
                period: month
                respondents: {units: [510104-H01, 510105-H01]}
                sections:
                  - id: basics
                    title: {zh: 基本信息, en: Basics}
                    indicators:
                      - {code: kind, kind: choice, title: {zh: 单位性质, en: Kind}, choices: {1: {zh: 国家机关, en: Authority}, 21: {zh: 教育, en: Education}}}
                      - {code: people, kind: last, unit: 人, title: {zh: 用能人数, en: Users}}
                  - id: use
                    title: {zh: "用能/消费", en: Use}
                    indicators:
                      - {code: electricity, unit: kWh, precision: 2}
                      - {code: gas, optional: true}
                      - {code: kgce, formula: electricity * 0.1229, precision: 3}
                checks:
                  - {id: used, check: people > 0 or electricity = 0, message: {zh: 有电无人, en: Energy without people}}
                """)).start();
    }

    @Test
    void theWorkbookOfAFormIsProtectedAndHasDropDowns() throws IOException {
        Map<String, String> parts = unzip(template(Sheets.Kind.XLSX));

        assertThat(parts.get("xl/workbook.xml")).contains("说明", "基本信息", "用能 消费");
        assertThat(parts.get("xl/worksheets/sheet2.xml")).contains("<sheetProtection", "1 国家机关,21 教育");
        assertThat(parts.get("xl/styles.xml")).contains("locked=\"false\"");
    }

    @Test
    void aFilledWorkbookIsAnAnswer() throws IOException {
        Submission submission = reports.sheets().handIn(filled("energy", "2026-10", "21 教育", 200, 0.1 + 0.2, ""), Sheets.Kind.XLSX, "盖章", CLERK);

        assertThat(submission.values()).containsEntry("kind", new BigDecimal(21)).containsEntry("electricity", new BigDecimal("0.3"))
                .containsEntry("people", new BigDecimal(200)).doesNotContainKey("gas");
        assertThat(submission.by()).isEqualTo(CLERK);
        assertThat(reports.sheets().handIn(template(Sheets.Kind.XLSX), Sheets.Kind.XLSX, null, CLERK).version())
                .as("the next template holds what was handed in").isOne();
    }

    @Test
    void everyWrongCellIsNamedByItsAddress() throws IOException {
        RefusedSubmission e = catchThrowableOfType(RefusedSubmission.class,
                () -> reports.sheets().handIn(filled("energy", "2026-10", "3 团体", 0, "约一百", 5), Sheets.Kind.XLSX, null, CLERK));
        assertThat(e.failures()).extracting(Failure::place).containsExactly("基本信息!D2", "用能!D2");

        e = catchThrowableOfType(RefusedSubmission.class,
                () -> reports.sheets().handIn(filled("energy", "2026-10", "1 国家机关", 0, 100, 5), Sheets.Kind.XLSX, null, CLERK));
        assertThat(e.failures()).extracting(f -> f.place() + " " + f.rule()).containsExactly("基本信息!D3 used", "用能!D2 used");

        e = catchThrowableOfType(RefusedSubmission.class,
                () -> reports.sheets().handIn(filled("energy", "2026-12", "1 国家机关", 1, 100, 5), Sheets.Kind.XLSX, null, CLERK));
        assertThat(e.failures()).extracting(f -> f.place() + " " + f.message()).containsExactly("说明!B2 2026-12 has not come yet.");
    }

    @Test
    void whatIsNoWorkbookOfTheHubSaysSo() throws IOException {
        assertThatThrownBy(() -> reports.sheets().handIn("code,value".getBytes(StandardCharsets.UTF_8), Sheets.Kind.XLSX, null, CLERK))
                .hasMessageContaining("not a workbook");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "x", "1.0")) {
            book.newWorksheet("Tabelle1").value(0, 0, "energy");
        }
        assertThatThrownBy(() -> reports.sheets().handIn(out.toByteArray(), Sheets.Kind.XLSX, null, CLERK))
                .hasMessageContaining("It does not say which form, period and unit it is for.");
        assertThatThrownBy(() -> reports.sheets().handIn(filled("enrgy", "2026-10", "1", 1, 1, 1), Sheets.Kind.XLSX, null, CLERK))
                .hasMessageContaining("Did you mean 'energy'?");
    }

    @Test
    void csvIsReadBackInEitherEncodingWithLinesAsPlaces() {
        reports.submissions().keep("energy", OCTOBER, "510104-H01", json("{'people': 7, 'electricity': 'many'}"), CLERK);
        String text = new String(template(Sheets.Kind.CSV), StandardCharsets.UTF_8);
        assertThat(text.lines()).contains("people,用能人数,人,7", "electricity,electricity,kWh,many", "kind,单位性质,,");

        RefusedSubmission e = catchThrowableOfType(RefusedSubmission.class, () -> reports.sheets().handIn(
                (text + "watr,水,,5\r\n").getBytes(StandardCharsets.UTF_8), Sheets.Kind.CSV, null, CLERK));
        assertThat(e.failures()).extracting(Failure::place).containsExactly("line 9 value", "line 5 value", "line 7 value");

        String good = text.substring(1).replace("kind,单位性质,,", "kind,单位性质,,1").replace("many", "100.50");
        assertThat(reports.sheets().handIn(good.getBytes(Charset.forName("GB18030")), Sheets.Kind.CSV, null, CLERK).values())
                .containsEntry("electricity", new BigDecimal("100.5"));
    }

    @Test
    void aFolderIsADoor(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("a.xlsx"), filled("energy", "2026-10", "21 教育", 200, 100, 5));
        Files.write(folder.resolve("b.xlsx"), filled("energy", "2026-10", "21 教育", 0, 100, 5));
        Files.writeString(folder.resolve("c.csv"), "nothing");
        try (AutoCloseable door = Reporting.watch(folder, reports)) {
            assertThat(folder.resolve(".done/a.xlsx")).exists();
            assertThat(folder.resolve(".refused/b.xlsx.txt")).hasContent("基本信息!D3 有电无人 / Energy without people\n用能!D2 有电无人 / Energy without people");
            assertThat(folder.resolve(".refused/c.csv.txt")).content().contains("It does not say which form, period and unit it is for.");
            assertThat(reports.submissions().history("energy", OCTOBER, "510104-H01")).singleElement()
                    .satisfies(s -> assertThat(s.by().door() + " " + s.note()).isEqualTo("folder a.xlsx"));
            Path whole = Files.write(Files.createTempFile("later", ".xlsx"), filled("energy", "2026-10", "21 教育", 200, 101, 5));
            Files.move(whole, folder.resolve("d.xlsx"));
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(folder.resolve(".done/d.xlsx")).exists());
        }
    }

    private byte[] template(Sheets.Kind kind) {
        return reports.sheets().template("energy", OCTOBER, "510104-H01", kind);
    }

    /** As somebody's spreadsheet saves it. */
    private static byte[] filled(String form, String period, String kind, Object people, Object electricity, Object gas) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "WPS", "1.0")) {
            Worksheet cover = book.newWorksheet("说明");
            String[][] lines = {{"form", form}, {"period", period}, {"unit", "510104-H01"}};
            for (int i = 0; i < 3; i++) {
                cover.value(i, 0, lines[i][0]);
                cover.value(i, 1, lines[i][1]);
            }
            fill(book.newWorksheet("基本信息"), "kind", kind, "people", people);
            fill(book.newWorksheet("用能"), "electricity", electricity, "gas", gas);
        }
        return out.toByteArray();
    }

    private static void fill(Worksheet sheet, Object... cells) {
        sheet.value(0, 0, "代码");
        for (int i = 0; i < cells.length; i += 2) {
            sheet.value(1 + i / 2, 0, cells[i].toString());
            if (cells[i + 1] instanceof Number number) {
                sheet.value(1 + i / 2, 3, number);
            } else {
                sheet.value(1 + i / 2, 3, cells[i + 1].toString());
            }
        }
    }

    private static Map<String, String> unzip(byte[] file) throws IOException {
        Map<String, String> parts = new HashMap<>();
        Path kept = Files.write(Files.createTempFile("template", ".xlsx"), file);
        try (ZipFile zip = new ZipFile(kept.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                parts.put(entry.getName(), plain(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)));
            }
        } finally {
            Files.delete(kept);
        }
        return parts;
    }

    /** Without numeric character references. */
    private static String plain(String xml) {
        return Pattern.compile("&#x([0-9a-f]+);").matcher(xml).replaceAll(m -> String.valueOf((char) Integer.parseInt(m.group(1), 16)));
    }
}
