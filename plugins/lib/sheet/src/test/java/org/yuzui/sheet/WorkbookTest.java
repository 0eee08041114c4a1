package org.yuzui.sheet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a sheet says of its cells, and what is no workbook. */
class WorkbookTest {

    private static final Limits LIMITS = new Limits(1 << 20, 4 << 20, 100);
    private static final String STYLES = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/><numFmt numFmtId=\"165\" "
            + "formatCode=\"_d0\"/><numFmt numFmtId=\"166\" formatCode=\"yyyy&quot;年&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
            + "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs></styleSheet>";

    @TempDir
    Path folder;
    private final Map<String, String> parts = new LinkedHashMap<>();

    WorkbookTest() {
        parts.put("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"secret\" state=\"hidden\" r:id=\"r9\"/>"
                + "<sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"sheet.xml\"/></Relationships>");
        parts.put("xl/styles.xml", STYLES);
    }

    @Test
    void numbersAreWhatTheirFormatsShow() throws IOException {
        assertThat(cells("<c s=\"2\"><v>7</v></c><c s=\"2\"><v>-7</v></c><c s=\"2\"><v>7.5</v></c><c s=\"3\"><v>45000</v></c><c><v>1.2E3</v></c>"))
                .containsExactly("A1 NUMBER 00007", "B1 NUMBER -7", "C1 NUMBER 7.5", "D1 NUMBER 45000", "E1 NUMBER 1200");
        assertThat(cells("<c s=\"1\"><v>45000.5</v></c><c s=\"4\"><v>45000</v></c><c s=\"1\"><v>0.5</v></c>"))
                .containsExactly("A1 DATE 2023-03-15", "B1 DATE 2023-03-15", "C1 NUMBER 0.5");
    }

    @Test
    void whatIsNoValueIsToldAsWhatItIs() throws IOException {
        assertThat(cells("<c><f>1+1</f><v>2</v></c><c t=\"e\"><v>#REF!</v></c><c t=\"b\"><v>1</v></c><c><v>1E300</v></c><c t=\"inlineStr\"><is><t> </t></is></c>"
                + "<c t=\"inlineStr\"><is><t>a_x000A_b</t><rPh><t>x</t></rPh></is></c>"))
                .containsExactly("A1 FORMULA 2", "B1 ERROR #REF!", "C1 BOOLEAN TRUE", "D1 ERROR 1E300", "F1 TEXT a\nb");
    }

    @Test
    void whatASheetHidesAndMergesIsKnown() throws IOException {
        sheet("<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData><row hidden=\"1\"><c><v>1</v></c></row></sheetData>"
                + "<mergeCells><mergeCell ref=\"A1:AB2\"/></mergeCells>");
        try (Workbook book = open(); SheetRows rows = book.rows(1)) {
            assertThat(book.sheets()).containsExactly("secret", "a");
            assertThat(book.isVisible(0)).isFalse();
            assertThat(book.isVisible(1)).isTrue();
            assertThat(rows.next().hidden()).isTrue();
            assertThat(rows.next()).isNull();
            assertThat(List.of(rows.isHidden(0), rows.isHidden(1), rows.isHidden(2), rows.isHidden(3))).containsExactly(false, true, true, false);
            assertThat(rows.merged()).extracting(Area::toString).containsExactly("A1:AB2");
            assertThat(catchThrowableOfType(BadWorkbook.class, () -> book.rows(0)).code()).as("its part is missing").isEqualTo("bad-sheet");
        }
    }

    @Test
    void whatIsNoWorkbookIsSaidInBothLanguages() throws IOException {
        assertThat(refusal("<row><c r=\"A2\"><v>1</v></c></row>")).as("of another row").isEqualTo("bad-sheet");
        assertThat(refusal("<row/>".repeat(101))).isEqualTo("too-many-rows");
        assertThat(refusal("<!-- -->")).isEqualTo("markup-declaration");
        assertThat(refusal("</sheetData><mergeCell ref=\"A0\"/><sheetData>")).isEqualTo("bad-sheet");
        assertThat(refusal("<x/>".repeat(2_000_000))).isEqualTo("inflates");
    }

    private String refusal(String rows) throws IOException {
        sheet("<sheetData>" + rows + "</sheetData>");
        BadWorkbook bad = catchThrowableOfType(BadWorkbook.class, this::cells);
        assertThat(bad).as(rows.substring(0, Math.min(rows.length(), 50))).hasMessageContaining("。/ ");
        return bad.code();
    }

    private List<String> cells(String cells) throws IOException {
        sheet("<sheetData><row>" + cells + "</row></sheetData>");
        return cells();
    }

    private List<String> cells() throws IOException {
        List<String> read = new ArrayList<>();
        try (Workbook book = open(); SheetRows rows = book.rows(1)) {
            for (SheetRow row = rows.next(); row != null; row = rows.next()) {
                row.cells().values().forEach(c -> read.add(c.place() + " " + c.kind() + " " + (c.kind() == Cell.Kind.DATE ? c.date() : c.text())));
            }
        }
        return read.stream().sorted().toList();
    }

    private void sheet(String content) {
        parts.put("xl/sheet.xml", "<worksheet>" + content + "</worksheet>");
    }

    private Workbook open() throws IOException {
        Path file = folder.resolve("book.xlsx");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return Workbook.open(file, LIMITS);
    }
}
