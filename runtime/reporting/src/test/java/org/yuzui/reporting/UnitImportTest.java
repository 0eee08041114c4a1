package org.yuzui.reporting;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A unit file comes in beside others, as CSV or as a workbook, and is put there whole or not at all. */
class UnitImportTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final String HEAD = "code,name,name_en,level,parent,tags,from\n";
    @TempDir
    Path org;

    @BeforeEach
    void theSite() throws IOException {
        Files.writeString(org.resolve("units.csv"), """
                code,name,name_en,level,parent
                510000,四川省,Sichuan,province,
                510100,成都市,Chengdu,city,510000
                510104,锦江区,Jinjiang,county,510100
                """);
        Files.writeString(org.resolve("institutions.csv"), HEAD + "510104-H01,一医院,H1,institution,510104,,\n510104-H02,二医院,H2,institution,510104,,\n");
    }

    @Test
    void itSaysWhatWouldChangeAndChangesNothing() throws IOException {
        String before = Files.readString(org.resolve("institutions.csv"));
        UnitImport would = UnitFiles.check(org, "institutions.csv", csv(HEAD
                + "510104-H01,第一医院,H1,institution,510104,department:health,\n510104-H03,三医院,H3,institution,510104,,\n"), Sheets.Kind.CSV, TODAY);
        assertThat(would).isEqualTo(new UnitImport("institutions.csv", 5, false, List.of("510104-H03"), List.of("510104-H01"), List.of("510104-H02")));
        assertThat(Files.readString(org.resolve("institutions.csv"))).isEqualTo(before);
    }

    @Test
    void itIsTakenAndWhatWasThereIsKeptBeside() throws IOException {
        String before = Files.readString(org.resolve("institutions.csv"));
        assertThat(UnitFiles.take(org, "institutions.csv", csv(HEAD + "510104-H09,九医院,H9,institution,510104,,\n"), Sheets.Kind.CSV, TODAY).taken()).isTrue();
        assertThat(UnitFiles.load(org, TODAY).find("510104-H09")).isPresent();
        assertThat(UnitFiles.load(org, TODAY).find("510104-H01")).isEmpty();
        assertThat(Files.readString(org.resolve("institutions.csv.previous"))).isEqualTo(before);
        assertThat(UnitFiles.take(org, "schools.csv", csv(HEAD + "510104-S01,一校,S1,institution,510104,,\n"), Sheets.Kind.CSV, TODAY).added())
                .containsExactly("510104-S01");
        try (var files = Files.list(org)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("units.csv", "institutions.csv",
                    "institutions.csv.previous", "schools.csv");
        }
    }

    @Test
    void everythingThatIsWrongIsSaidWithItsLineAndNothingIsTaken() {
        List<Problem> problems = problems(() -> UnitFiles.take(org, "institutions.csv", csv(HEAD
                + "510104-H01,,H1,institution,510104,,\n\n510104-H02,二医院,H2,town,510104,,\n510104-H03,三医院,H3,institution,510199,,\n"
                + "510104-H04,四医院,H4,institution,510104,Health!,2026-13-01\n"), Sheets.Kind.CSV, TODAY));
        assertThat(problems).extracting(p -> p.place().substring(p.place().lastIndexOf('/') + 1) + " " + p.code()).containsExactly(
                "institutions.csv:2 name missing-name", "institutions.csv:4 level unknown-level", "institutions.csv:6 tags bad-tag",
                "institutions.csv:6 from bad-dates", "institutions.csv:5 parent unknown-parent");
        assertThat(UnitFiles.load(org, TODAY).find("510104-H02")).isPresent();
    }

    @Test
    void aWorkbookIsTakenByItsRows() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "t", "1.0")) {
            Worksheet sheet = book.newWorksheet("单位");
            String[] heads = {"code", "name", "level", "parent", "from"};
            for (int i = 0; i < heads.length; i++) {
                sheet.value(0, i, heads[i]);
            }
            sheet.value(1, 0, "510104-H01");
            sheet.value(1, 1, "一医院, 东区");
            sheet.value(1, 2, "institution");
            sheet.value(1, 3, 510104);
            sheet.value(1, 4, LocalDate.of(2026, 7, 1));
            sheet.style(1, 4).format("yyyy-MM-dd").set();
            sheet.value(4, 0, "510104-H02");
            sheet.value(4, 1, "二医院");
            sheet.value(4, 2, "town");
            sheet.value(4, 3, "510104");
        }
        assertThat(problems(() -> UnitFiles.check(org, "institutions.csv", out.toByteArray(), Sheets.Kind.XLSX, TODAY)))
                .singleElement().satisfies(p -> assertThat(p.place()).as("the row of the sheet").endsWith("institutions.csv:5 level"));

        ByteArrayOutputStream good = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(good, "t", "1.0")) {
            Worksheet sheet = book.newWorksheet("单位");
            String[][] rows = {{"code", "name", "level", "parent"}, {"510104-H01", "一医院, 东区", "institution", "510104"}};
            for (int row = 0; row < rows.length; row++) {
                for (int i = 0; i < rows[row].length; i++) {
                    sheet.value(row, i, rows[row][i]);
                }
            }
        }
        UnitFiles.take(org, "institutions.csv", good.toByteArray(), Sheets.Kind.XLSX, TODAY);
        assertThat(UnitFiles.load(org, TODAY).find("510104-H01").orElseThrow().name()).isEqualTo("一医院, 东区");
    }

    @Test
    void aFileGoesNowhereElse() {
        for (String name : List.of("../units.csv", "/etc/units.csv", "units.yaml", "tags.csv", ".csv", "a/b.csv")) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> UnitFiles.take(org, name, csv(HEAD), Sheets.Kind.CSV, TODAY))
                    .problem().code()).as(name).isEqualTo("bad-file-name");
        }
        assertThat(catchThrowableOfType(ProblemException.class, () -> UnitFiles.check(org, "a.csv", csv("no workbook"), Sheets.Kind.XLSX, TODAY))
                .problem().code()).isEqualTo("bad-file");
    }

    @Test
    void tagsHaveTitles() throws IOException {
        Files.writeString(org.resolve("tags.csv"), "tag,name,name_en\ndepartment:health,卫生健康,Health\n");
        assertThat(UnitFiles.load(org, TODAY).title("department:health").orElseThrow().zh()).isEqualTo("卫生健康");
        assertThat(UnitFiles.load(org, TODAY).title("department:education")).isEmpty();
        Files.writeString(org.resolve("tags.csv"), "tag,name\nx,y\n");
        assertThat(problems(() -> UnitFiles.load(org, TODAY))).singleElement().satisfies(p -> assertThat(p.place()).endsWith("tags.csv:1"));
    }

    private static List<Problem> problems(ThrowingCallable call) {
        return catchThrowableOfType(UnitFilesException.class, call).problems();
    }

    private static byte[] csv(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
