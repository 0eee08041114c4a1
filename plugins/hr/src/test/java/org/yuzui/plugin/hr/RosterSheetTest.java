package org.yuzui.plugin.hr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.roster.BadRoster;
import org.yuzui.plugin.hr.roster.Headings;
import org.yuzui.plugin.hr.roster.Roster;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.plugin.hr.sheet.BadSheet;
import org.yuzui.plugin.hr.sheet.Sheet;
import org.yuzui.plugin.hr.sheet.SheetFile;
import org.yuzui.sheet.BadWorkbook;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What spreadsheets do to lists of people, and what the plugin says of it. */
class RosterSheetTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final CodeTables CODES = CodeTables.load(null);
    private static final String HEAD = row(1, text("A", 1, "工号"), text("B", 1, "姓名"), text("C", 1, "人员类别"), text("D", 1, "身份证号"),
            text("E", 1, "进入本单位日期"));

    @TempDir
    Path folder;

    private Roster read(byte[] bytes) throws IOException {
        Path file = folder.resolve("roster");
        Files.write(file, bytes);
        try (Sheet sheet = SheetFile.open(file, null)) {
            return RosterSheet.read(sheet, new RosterSheet.Terms(new Headings(Map.of()), CODES, "12510000MB9000074Y", id -> Optional.empty()), "u", DAY);
        }
    }

    private Roster read(Book book) throws IOException {
        return read(book.bytes());
    }

    private Roster sheet(String rows) throws IOException {
        return read(Book.of("<sheetData>" + HEAD + rows + "</sheetData>"));
    }

    private void wrong(String rows, String... told) {
        BadRoster bad = catchThrowableOfType(BadRoster.class, () -> sheet(rows));
        assertThat(bad).as("refused").isNotNull();
        for (String each : told) {
            assertThat(bad.findings()).extracting(Object::toString).anyMatch(f -> f.startsWith(each));
        }
        assertThat(bad.count()).as(bad.findings().toString()).isEqualTo(told.length);
    }

    private static String row(int number, String... cells) {
        return "<row r=\"" + number + "\">" + String.join("", cells) + "</row>";
    }

    private static String text(String column, int row, String text) {
        return "<c r=\"" + column + row + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static String number(String column, int row, int style, String value) {
        return "<c r=\"" + column + row + "\" s=\"" + style + "\"><v>" + value + "</v></c>";
    }

    private static String person(int row, String... more) {
        return row(row, text("A", row, "A" + row), text("B", row, "示例"), text("C", row, "事业"), String.join("", more));
    }

    @Test
    void theSameRosterInFiveWritings() throws IOException {
        List<List<String>> rows = People.roster(1, 50);
        Roster one = read(Book.rows(true, rows));

        assertThat(one.people()).hasSize(50);
        assertThat(one.rows()).isEqualTo(50);
        assertThat(read(Book.rows(false, rows)).id()).isEqualTo(one.id());
        assertThat(read(People.csv(rows).getBytes(StandardCharsets.UTF_8)).id()).isEqualTo(one.id());
        assertThat(read(("\uFEFF" + People.csv(rows)).getBytes(StandardCharsets.UTF_8)).id()).isEqualTo(one.id());
        assertThat(read(People.csv(rows).getBytes(Charset.forName("GB18030"))).id()).isEqualTo(one.id());
        assertThat(read(People.csv(rows).replace("示例7,", "\"示例7\",").replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8)).id()).isEqualTo(one.id());
    }

    @Test
    void datesAreDaysHoweverTheyAreKept() throws IOException {
        Roster dated = sheet(person(2, number("E", 2, 1, "42186")) + person(3, number("E", 3, 3, "42186.5")) + person(4, text("E", 4, "2015-07-01"))
                + person(5, text("E", 5, "2015年7月1日")) + person(6, text("E", 6, "20150701")) + person(7, text("E", 7, "2015/7/1")) + person(8, number("E", 8, 0, "20150701")));
        assertThat(dated.people().values()).extracting(p -> p.toString().isEmpty() ? "" : joined(dated, p.number())).containsOnly("2015-07-01");
        assertThat(joined(sheet(person(2, text("E", 2, "2015.07"))), "A2")).isEqualTo("2015-07");
        Book book = Book.of("<sheetData>" + HEAD + person(2, number("E", 2, 1, "40724")) + "</sheetData>").part("xl/workbook.xml",
                "<workbook xmlns:r=\"x\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>");
        assertThat(joined(read(book), "A2")).isEqualTo("2015-07-01");
        wrong(person(2, number("E", 2, 0, "42186")), "E2 进入本单位日期 [42186]: bad-date");
        wrong(person(2, text("E", 2, "2015-02-30")), "E2 进入本单位日期 [2015-02-30]: bad-date");
        wrong(person(2, text("E", 2, "2027-02-03")), "E2 进入本单位日期 [2027-02-03]: future-date");
    }

    private static String joined(Roster roster, String number) {
        org.yuzui.plugin.hr.roster.Comparison all = new org.yuzui.plugin.hr.roster.Comparison(roster, true);
        all.end();
        return all.people(1_000).next().stream().filter(p -> p.path("person").asText().equals(number)).findFirst().orElseThrow().path("joinedOn").asText();
    }

    @Test
    void aNumberWhereDigitsMatterIsNamed() throws IOException {
        wrong(person(2, number("D", 2, 0, "5.1010419900101E+17")), "D2 身份证号 [510104************]: digits-lost");
        wrong(row(2, number("A", 2, 0, "7"), text("B", 2, "示例"), text("C", 2, "事业")) + row(3, text("A", 3, "008"), text("B", 3, "示例"), text("C", 3, "事业")),
                "A2 工号 [7]: zeros-lost");
        assertThat(sheet(row(2, number("A", 2, 2, "7"), text("B", 2, "示例"), text("C", 2, "事业"))).people()).containsOnlyKeys("00007");
        assertThat(sheet(row(2, number("A", 2, 0, "1.001E3"), text("B", 2, "示例"), text("C", 2, "事业"))).people()).containsOnlyKeys("1001");
        assertThatThrownBy(() -> read("工号,姓名,人员类别,身份证号\n1,示例,事业,5.10E+17\n2,示例,事业,510104199001020000\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(BadRoster.class, e -> assertThat(e.findings()).extracting(f -> f.fault().code()).containsExactly("digits-lost", "digits-lost"));
    }

    @Test
    void whatASpreadsheetHidesOrComputesIsNamed() {
        wrong(person(2, "<c r=\"D2\" t=\"str\"><f>A2&amp;\"1\"</f><v>510104199001010019</v></c>"), "D2 身份证号 [510104************]: formula");
        wrong(person(2, "<c r=\"E2\" t=\"e\"><v>#REF!</v></c>"), "E2 进入本单位日期 [#REF!]: error-value");
        wrong(person(2) + person(3).replace("<row ", "<row hidden=\"1\" "), "row 3: hidden-row");
        BadRoster merged = catchThrowableOfType(BadRoster.class, () -> read(Book.of("<sheetData>" + HEAD + person(2) + person(3)
                + "</sheetData><mergeCells><mergeCell ref=\"C2:C3\"/><mergeCell ref=\"H2:H3\"/></mergeCells>")));
        assertThat(merged.findings()).singleElement().hasToString("C2:C3: merged: " + org.yuzui.plugin.hr.roster.Fault.MERGED);
        BadRoster hidden = catchThrowableOfType(BadRoster.class, () -> read(Book.of("<cols><col min=\"4\" max=\"4\" hidden=\"1\"/></cols><sheetData>"
                + HEAD + person(2) + "</sheetData>")));
        assertThat(hidden.findings()).singleElement().satisfies(f -> assertThat(f.toString()).startsWith("D1 身份证号: hidden-column"));
    }

    @Test
    void aTitleMayStandOverTheHeadingsAndOtherSheetsBesideIt() throws IOException {
        String title = row(1, text("A", 1, "2026年11月在职人员名册"));
        Book book = Book.of("<sheetData>" + title + HEAD.replaceAll("([A-E])1\"", "$12\"").replace("r=\"1\"", "r=\"2\"") + person(3)
                + "</sheetData><mergeCells><mergeCell ref=\"A1:E1\"/></mergeCells>")
                .part("xl/workbook.xml", "<workbook xmlns:r=\"x\"><sheets><sheet name=\"secret\" state=\"hidden\" r:id=\"rId9\"/>"
                        + "<sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>");
        assertThat(read(book).people()).containsOnlyKeys("A3");
    }

    @Test
    void everyCellIsNamedAtOnceAndWhatIsPersonalIsMasked() {
        List<List<String>> rows = People.roster(1, 6);
        rows.get(1).set(3, "510104199001010018");
        rows.get(2).set(2, "男");
        rows.get(3).set(4, "火星族");
        rows.get(4).set(1, "");
        rows.get(5).set(0, "P00001");
        rows.get(6).set(3, rows.get(3).get(3));
        rows.get(6).set(2, rows.get(3).get(2));
        BadRoster bad = catchThrowableOfType(BadRoster.class, () -> read(Book.rows(true, rows)));

        assertThat(bad.findings()).extracting(f -> f.toString().replaceAll("(: [a-z-]+): .*", "$1")).containsExactly(
                "D2 身份证号 [510104************]: id-check-digit", "C3 性别: id-sex", "E4 民族 [***]: unknown-code", "B5 姓名: missing");
        rows.get(1).set(3, People.id(1));
        rows.get(2).set(2, "女");
        rows.get(3).set(4, "汉族");
        rows.get(4).set(1, "示例");
        assertThat(catchThrowableOfType(BadRoster.class, () -> read(Book.rows(true, rows))).findings())
                .extracting(f -> f.toString().replaceAll("(: [a-z-]+): .*", "$1")).containsExactly("A6 工号 [P00001]: twice", "D7 身份证号 [990000************]: id-twice");
    }

    @ParameterizedTest
    @CsvSource({"12510000MB9000074Y, ", "12510000MB9000082R, other-credit-code", "91350100I000100Y43, credit-code"})
    void theUnitsOwnCreditCodeIsChecked(String code, String fault) throws IOException {
        byte[] csv = ("工号,姓名,人员类别,统一社会信用代码\n1,示例,事业," + code + "\n").getBytes(StandardCharsets.UTF_8);
        if (fault == null) {
            assertThat(read(csv).people()).hasSize(1);
        } else {
            assertThatThrownBy(() -> read(csv)).isInstanceOfSatisfying(BadRoster.class, e -> assertThat(e.code()).isEqualTo(fault));
        }
    }

    @Test
    void whatIsNoRosterIsSaidSo() {
        refused("", "empty");
        refused("姓名,人员类别\n示例,事业\n", "no-headings");
        refused("工号,姓名,人员类别\n", "no-rows");
        refused("工号,姓名,人员类别,职工号\n1,示例,事业,1\n", "heading-twice");
        refused("工号,姓名,人员类别\n\"1,示例,事业\n", "not-csv");
        refused("工号,姓名,人员类别\n\"1\"x,示例,事业\n", "not-csv");
        refused("\u00D0\u00CF\u0011\u00E0 an old workbook".getBytes(StandardCharsets.ISO_8859_1), "old-format");
        refused(People.csv(People.roster(1, 2)).getBytes(StandardCharsets.UTF_16), "charset");
        refused(People.csv(People.roster(1, 2)).getBytes(StandardCharsets.UTF_16LE), "charset");
        byte[] broken = People.csv(People.roster(1, 20)).getBytes(StandardCharsets.UTF_8);
        for (int i = 600; i < broken.length; i++) {
            if (broken[i] < 0) {
                broken[i] = 'x';
                break;
            }
        }
        refused(broken, "charset");
        refused("工号,姓名,人员类别\n1,示例\u0080,事业\n".getBytes(StandardCharsets.ISO_8859_1), "charset");
        refused(concat(People.csv(People.roster(1, 9)).getBytes(Charset.forName("GB18030")), (byte) 0xFF, (byte) 0xFF), "charset");
    }

    @Test
    void workbooksThatAreTrapsAreRefused() {
        String bomb = "<sheetData>" + HEAD + row(2, "<c r=\"A2\" t=\"inlineStr\"><is><t>" + "a".repeat(20_000_000) + "</t></is></c>") + "</sheetData>";
        refused(Book.of(bomb).bytes(), "too-long", "too-large");
        refused(Book.of("<sheetData/>" + " ".repeat(30_000_000)).bytes(), "too-long");
        String dtd = "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetData></worksheet>";
        refused(Book.of("").part("xl/worksheets/sheet1.xml", dtd).bytes(), "markup-declaration");
        refused(Book.of("").without("xl/workbook.xml").bytes(), "missing-part");
        refused(Book.of("").part("xl/_rels/workbook.xml.rels", "<Relationships/>").bytes(), "bad-sheet");
        refused(Book.of("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row></sheetData>").bytes(), "bad-sheet");
        refused(Book.of("<sheetData><row r=\"2\"/><row r=\"1\"/></sheetData>").bytes(), "bad-sheet");
        refused(Book.of("<sheetData><row r=\"1\"><c r=\"XFD1\" t=\"inlineStr\"><is><t>a</t></is></c></row></sheetData>").bytes(), "too-wide");
        refused(Book.of("<a>".repeat(200)).bytes(), "too-deep");
        refused("PK\u0003\u0004 and nothing".getBytes(StandardCharsets.ISO_8859_1), "damaged");
    }

    @Test
    void aSiteMayNameItsColumnsOtherwise() throws IOException {
        Path file = folder.resolve("own");
        Files.writeString(file, "编码,姓 名*,身份\n1,示例,事业\n");
        Headings own = new Headings(Map.of("person", List.of("编码"), "category", List.of("身份")));
        try (Sheet sheet = SheetFile.open(file, null)) {
            assertThat(RosterSheet.read(sheet, new RosterSheet.Terms(own, CODES, null, id -> Optional.empty()), "u", DAY).people()).hasSize(1);
        }
        assertThatThrownBy(() -> new Headings(Map.of("shoes", List.of("鞋")))).hasMessageContaining("shoes").hasMessageContaining("person");
        assertThatThrownBy(() -> new Headings(Map.of("name", List.of("工号")))).hasMessageContaining("two fields");
    }

    private void refused(String text, String code) {
        refused(text.getBytes(StandardCharsets.UTF_8), code);
    }

    private void refused(byte[] bytes, String... codes) {
        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> read(bytes));
        assertThat(refusal).as(codes[0]).isNotNull();
        assertThat(codes).as(refusal.getMessage()).contains(refusal.code());
        assertThat(refusal).isInstanceOfAny(BadSheet.class, BadWorkbook.class, BadRoster.class);
    }

    private static byte[] concat(byte[] bytes, byte... more) {
        byte[] all = java.util.Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, bytes.length, more.length);
        return all;
    }
}
