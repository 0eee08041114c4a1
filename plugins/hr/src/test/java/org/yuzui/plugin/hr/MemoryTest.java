package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.roster.Comparison;
import org.yuzui.plugin.hr.roster.Headings;
import org.yuzui.plugin.hr.roster.Roster;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.plugin.hr.sheet.Sheet;
import org.yuzui.plugin.hr.sheet.SheetFile;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A roster of 100,000 people is read, compared with a store that says something else of each, and made into records with 192 MB of heap. */
class MemoryTest {

    private static final int PEOPLE = 100_000;

    @TempDir
    Path folder;

    @Test
    void aLargeRosterTakesLittleMemory() throws Exception {
        Path file = folder.resolve("roster.xlsx");
        write(file);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), MemoryTest.class.getName(), file.toString()).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
            assertThat(said).isEqualTo(PEOPLE + " rows, " + PEOPLE + " moved, " + PEOPLE + " records");
        } finally {
            process.destroyForcibly();
        }
    }

    /** With shared texts, as Excel writes: each text once, and every number and name its own. */
    private static void write(Path file) throws IOException {
        String head = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file)); Writer out = new OutputStreamWriter(zip, StandardCharsets.UTF_8)) {
            Book frame = Book.of("");
            try (var parts = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(frame.bytes()))) {
                for (ZipEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
                    if (!part.getName().contains("sheet1")) {
                        zip.putNextEntry(new ZipEntry(part.getName()));
                        zip.write(parts.readAllBytes());
                    }
                }
            }
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            out.write(head);
            Map<String, Integer> texts = new LinkedHashMap<>();
            for (int row = 0; row <= PEOPLE; row++) {
                out.write("<row r=\"" + (row + 1) + "\">");
                int c = 0;
                for (String text : row == 0 ? People.HEADINGS : People.row(row)) {
                    int n = texts.computeIfAbsent(text, t -> texts.size());
                    out.write("<c r=\"" + (char) ('A' + c++) + (row + 1) + "\" t=\"s\"><v>" + n + "</v></c>");
                }
                out.write("</row>");
            }
            out.write("</sheetData></worksheet>");
            out.flush();
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            out.write("<sst>");
            for (String text : texts.keySet()) {
                out.write("<si><t>" + text + "</t></si>");
            }
            out.write("</sst>");
            out.flush();
        }
    }

    /** In the process with the small heap. */
    public static void main(String[] args) throws IOException {
        Roster roster;
        try (Sheet sheet = SheetFile.open(Path.of(args[0]), null)) {
            roster = RosterSheet.read(sheet, new RosterSheet.Terms(new Headings(Map.of()), CodeTables.load(null), null, i -> Optional.empty()), "u",
                    LocalDate.of(2026, 11, 20));
        }
        Comparison baseline = new Comparison(roster, true);
        baseline.end();
        Comparison comparison = new Comparison(roster, false);
        for (Comparison.Part part : comparison.parts(PEOPLE)) {
            List<JsonNode> old = new ArrayList<>();
            for (Iterator<List<ObjectNode>> lists = baseline.people(500); lists.hasNext(); ) {
                for (ObjectNode person : lists.next()) {
                    String slice = person.path("slice").asText();
                    if (slice.compareTo(part.from()) >= 0 && slice.compareTo(part.to()) <= 0) {
                        old.add(person.put("department", "另一部门"));
                    }
                }
            }
            comparison.take(old);
        }
        comparison.end();
        int records = 0;
        for (Iterator<List<ObjectNode>> lists = comparison.people(500); lists.hasNext(); ) {
            records += lists.next().size();
        }
        System.out.println(roster.rows() + " rows, " + comparison.count(Comparison.MOVED) + " moved, " + records + " records");
    }
}
