package org.yuzui.plugin.assets;

import org.junit.jupiter.api.Test;
import org.yuzui.plugin.assets.input.Findings;
import org.yuzui.plugin.assets.input.Mapping;
import org.yuzui.plugin.assets.input.WorkbookRecords;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A workbook of 100,000 rows is read twice, as the intake does, by a process with 80 MB of heap. */
class MemoryTest {

    static final int ROWS = 100_000;

    @Test
    void aLargeWorkbookTakesLittleMemory() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx80m", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), MemoryTest.class.getName()).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(said).isEqualTo("read " + ROWS + " rows twice");
        } finally {
            process.destroyForcibly();
        }
    }

    /** In the process with the small heap. */
    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("yuzui-assets", ".xlsx");
        try {
            write(file, ROWS);
            Intake intake = new Intake(org.yuzui.spi.Settings.of(new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree("{\"units\": {\"锦江\": \"510104-F01\"}}")), null);
            int candidates = intake.candidates(file, new Findings()).size();
            int rows = 0;
            try (WorkbookRecords records = WorkbookRecords.open(file, Given.LIMITS, Given.MAKER, Mapping.load(null), null, new Findings())) {
                while (records.next() != null) {
                    rows++;
                }
            }
            System.out.println(candidates == rows ? "read " + rows + " rows twice" : candidates + " and then " + rows);
        } finally {
            Files.delete(file);
        }
    }

    /** Cards with a number of their own each, as shared texts. */
    static void write(Path file, int rows) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            part(zip, "xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"资产卡片\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            part(zip, "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"sheet1.xml\"/>"
                    + "<Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"shared.xml\"/></Relationships>");
            zip.putNextEntry(new ZipEntry("xl/shared.xml"));
            zip.write("<sst>".getBytes(StandardCharsets.UTF_8));
            String[] names = {"单位", "资产编号", "资产名称", "分类代码", "数量", "计量单位", "原值", "取得日期", "使用状态", "数据日期", "锦江", "桌子", "A0501", "张", "2026-01-05", "在用",
                "2026-10-31"};
            for (String name : names) {
                zip.write(("<si><t>" + name + "</t></si>").getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < rows; i++) {
                zip.write(("<si><t>ZC-510104-" + i + "</t></si>").getBytes(StandardCharsets.UTF_8));
            }
            zip.write("</sst>".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("xl/sheet1.xml"));
            zip.write("<worksheet><sheetData>".getBytes(StandardCharsets.UTF_8));
            zip.write(row(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < rows; i++) {
                zip.write(row(10, names.length + i, 11, 12, -1, 13, -800, 14, 15, 16).getBytes(StandardCharsets.UTF_8));
            }
            zip.write("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    /** @param values indexes of shared texts; negative ones are numbers */
    private static String row(int... values) {
        StringBuilder row = new StringBuilder("<row>");
        for (int value : values) {
            row.append(value < 0 ? "<c><v>" + -value + "</v></c>" : "<c t=\"s\"><v>" + value + "</v></c>");
        }
        return row.append("</row>").toString();
    }

    private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(xml.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
