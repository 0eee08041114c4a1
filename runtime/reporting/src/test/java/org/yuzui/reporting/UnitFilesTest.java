package org.yuzui.reporting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class UnitFilesTest {

    private static final String HEADER = "code,name,name_en,level,parent\n";
    private static final String PROVINCE = "510000,四川省,Sichuan,province,\n";
    private static final String CITY = "510100,成都市,Chengdu,city,510000\n";
    private static final String COUNTY = "510104,锦江区,,county,510100\n";
    private static final String HOSPITAL = "510104-H01,示范医院,,institution,510104\n";

    @TempDir
    private Path site;

    @Test
    void allFilesOfTheFolderMakeOneTree() throws IOException {
        file("a-institutions.csv", HEADER + HOSPITAL);
        file("b-units.csv", HEADER + COUNTY + CITY + PROVINCE + "510104-A01,幼儿园,,institution,510104\n");
        file("notes.txt", "not a unit file");

        Units units = load();

        assertThat(units.root().code()).isEqualTo("510000");
        assertThat(units.all()).extracting(Unit::code)
                .containsExactly("510000", "510100", "510104", "510104-A01", "510104-H01");
        assertThat(units.children("510104")).extracting(Unit::code).containsExactly("510104-A01", "510104-H01");
        assertThat(units.children("510104-H01")).isEmpty();
        assertThat(units.subtree("510104")).containsExactly("510104", "510104-A01", "510104-H01");
        assertThat(units.subtree("999999")).isEmpty();
        assertThat(units.find("510100")).contains(new Unit("510100", "成都市", "Chengdu", Unit.Level.CITY, "510000"));
        assertThat(units.find("510104")).get().extracting(Unit::nameEn).isEqualTo("锦江区");
    }

    @Test
    void whatAnyEditorSavesIsRead() throws IOException {
        file("units.csv", "\uFEFF# 四川\r\n parent , level,code,name\r\n\r\n,province,510000,\"四川省, 全省\"\r\n510000,city,510100,成都市");

        Units units = load();

        assertThat(units.root().name()).isEqualTo("四川省, 全省");
        assertThat(units.find("510100")).get().extracting(Unit::parent).isEqualTo("510000");
    }

    @Test
    void aMissingTrailingCellIsEmpty() throws IOException {
        file("units.csv", HEADER + "510000,四川省,Sichuan,province\n");

        assertThat(load().root().parent()).isNull();
    }

    @Test
    void anUnknownCodeIsAnsweredWithTheNearest() throws IOException {
        file("units.csv", HEADER + PROVINCE + CITY + COUNTY);

        Units units = load();

        assertThat(units.cure("51010")).isEqualTo("Did you mean '510100' (成都市)?");
        assertThat(units.cure("锦江区")).isEqualTo("Did you mean '510104' (锦江区)?");
        assertThat(units.cure("chengdu")).isEqualTo("Did you mean '510100' (成都市)?");
        assertThat(units.cure("nowhere-at-all")).isEqualTo("The units are kept in config/org.");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws IOException {
        file("institutions.csv", HEADER
                + HOSPITAL
                + ",无名,,institution,510104\n"
                + "510104-H02,,,hospital,510104\n"
                + "510104-H03,孤儿,,institution,51014\n"
                + "510104-H02-1,下属,,institution,510104-H02\n");
        file("units.csv", HEADER + PROVINCE + CITY + COUNTY
                + "510104,又一个,,county,510100\n"
                + "510105,青羊区,,city,510104\n"
                + "520000,贵州省,,province,\n");

        UnitFilesException e = refused();

        assertThat(e.problems()).extracting(p -> p.place() + " " + p.code()).containsExactlyInAnyOrder(
                "config/org/institutions.csv:3 code missing-code",
                "config/org/institutions.csv:4 name missing-name",
                "config/org/institutions.csv:4 level unknown-level",
                "config/org/institutions.csv:5 parent unknown-parent",
                "config/org/units.csv:5 code duplicate-code",
                "config/org/units.csv:6 level wrong-level",
                "config/org/units.csv:7 parent second-root");
        assertThat(e.problems()).allSatisfy(p -> assertThat(p.cure()).isNotBlank());
        assertThat(e).hasMessageContaining("config/org/units.csv:5 code: The code '510104' stands already at config/org/units.csv:4.")
                .hasMessageContaining("Did you mean '510104'?");
        assertThat(e.problem().sentence()).isEqualTo(e.getMessage());
        assertThat(e.getMessage().lines()).hasSize(7);
    }

    @Test
    void aCycleNamesAllItsMembersOnce() throws IOException {
        file("units.csv", HEADER + PROVINCE
                + "510100,甲,,city,510104\n"
                + "510104,乙,,county,510105\n"
                + "510105,丙,,county,510100\n"
                + "510104-H01,丁,,institution,510104\n"
                + "510200,戊,,city,510200\n");

        UnitFilesException e = refused();

        assertThat(e.problems()).extracting(Problem::code).containsExactly("unit-cycle", "unit-cycle");
        assertThat(e.problems().get(0).sentence())
                .startsWith("config/org/units.csv:3 parent: ")
                .contains("510100 → 510104 → 510105 → 510100")
                .contains("(also config/org/units.csv:4, config/org/units.csv:5)");
        assertThat(e.problems().get(1).message()).contains("510200 → 510200");
    }

    @Test
    void anUnknownColumnNamesTheNearest() throws IOException {
        file("units.csv", "code,name,nameen,level,parent\n" + PROVINCE);

        assertOnly("unknown-column", "config/org/units.csv:1 nameen", "Did you mean 'name_en'?");
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        file("units.csv", "code,name,level\n510000,四川省,province\n");

        assertOnly("missing-column", "config/org/units.csv:1 parent", "code,name,name_en,level,parent");
    }

    @Test
    void aColumnTwiceIsRefused() throws IOException {
        file("units.csv", "code,name,name,level,parent\n510000,四川省,四川省,province,\n");

        assertOnly("duplicate-column", "config/org/units.csv:1 name", "Remove one of them.");
    }

    @Test
    void aCommaInANameWithoutQuotesIsFound() throws IOException {
        file("units.csv", HEADER + PROVINCE + "510100,成都,市,Chengdu,city,510000\n" + COUNTY);

        assertOnly("bad-csv", "config/org/units.csv:3", "in quotes");
    }

    @Test
    void anOpenQuoteIsFound() throws IOException {
        file("units.csv", HEADER + PROVINCE + "510100,\"成都\"市,Chengdu,city,510000\n" + COUNTY);

        assertOnly("bad-csv", "config/org/units.csv:3", "quote");
    }

    @Test
    void anotherEncodingIsFoundByItsFirstLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((HEADER + PROVINCE).getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(CITY.getBytes(Charset.forName("GB18030")));
        Files.write(Files.createDirectories(site.resolve("config/org")).resolve("units.csv"), bytes.toByteArray());

        assertOnly("not-utf-8", "config/org/units.csv:3", "Save the file as UTF-8");
    }

    @Test
    void aTreeNeedsAProvince() throws IOException {
        file("units.csv", HEADER + "510100,成都市,,city,\n" + COUNTY);

        assertOnly("missing-parent", "config/org/units.csv:2 parent", "only the province has none");
    }

    @Test
    void anEmptyOrMissingFolderIsSaid() throws IOException {
        assertThatThrownBy(this::load).isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("config/org: It can't be read");
        file("units.csv", HEADER);
        assertThatThrownBy(this::load).isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("config/org: There is no unit in this folder.");
    }

    @Test
    void theDemonstrationSiteIsSichuan() {
        Units units = UnitFiles.load(Path.of("../../config/org"));

        List<Unit> official = units.all().stream().filter(u -> u.code().matches("\\d{6}")).toList();
        assertThat(official).filteredOn(u -> u.level() == Unit.Level.PROVINCE).hasSize(1);
        assertThat(official).filteredOn(u -> u.level() == Unit.Level.CITY).hasSize(21);
        assertThat(official).filteredOn(u -> u.level() == Unit.Level.COUNTY).hasSize(183);
        List<Unit> institutions = units.all().stream().filter(u -> u.level() == Unit.Level.INSTITUTION).toList();
        assertThat(institutions).allSatisfy(u -> assertThat(u.code()).matches(u.parent() + "-[A-Z]\\d\\d"))
                .filteredOn(u -> u.code().endsWith("-H01")).hasSize(24);
        assertThat(units.children("510000")).allSatisfy(city -> assertThat(units.subtree(city.code()))
                .anyMatch(code -> code.endsWith("-H01")));
        assertThat(units.all()).hasSize(1 + 21 + 183 + 3 + institutions.size())
                .allSatisfy(u -> assertThat(u.nameEn()).isNotEqualTo(u.name()));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(site.resolve("config/org")).resolve(name), text);
    }

    private Units load() {
        return UnitFiles.load(site.resolve("config/org"));
    }

    private UnitFilesException refused() {
        UnitFilesException e = catchThrowableOfType(UnitFilesException.class, this::load);
        assertThat(e).isNotNull();
        return e;
    }

    private void assertOnly(String code, String place, String cure) {
        UnitFilesException e = refused();
        assertThat(e.problems()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo(code);
            assertThat(p.place()).isEqualTo(place);
            assertThat(p.cure()).contains(cure);
        });
    }
}
