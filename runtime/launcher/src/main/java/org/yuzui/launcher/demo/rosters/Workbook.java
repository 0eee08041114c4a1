package org.yuzui.launcher.demo.rosters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook as spreadsheets write it: one sheet, shared texts, days as numbers with a format. */
public final class Workbook {

    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private Workbook() {
    }

    /** Cells that read as ISO days are days. */
    public static byte[] of(String title, List<List<String>> rows) throws IOException {
        Map<String, Integer> texts = new LinkedHashMap<>();
        StringBuilder data = new StringBuilder();
        data.append("<row r=\"1\">").append(text("A1", title, texts)).append("</row>");
        for (int r = 0; r < rows.size(); r++) {
            data.append("<row r=\"").append(r + 2).append("\">");
            for (int c = 0; c < rows.get(r).size(); c++) {
                String name = (char) ('A' + c) + String.valueOf(r + 2);
                String cell = rows.get(r).get(c);
                if (cell.matches("\\d{4}-\\d{2}-\\d{2}")) {
                    data.append("<c r=\"").append(name).append("\" s=\"1\"><v>").append(ChronoUnit.DAYS.between(DAY_ZERO, LocalDate.parse(cell))).append("</v></c>");
                } else if (!cell.isEmpty()) {
                    data.append(text(name, cell, texts));
                }
            }
            data.append("</row>");
        }
        StringBuilder shared = new StringBuilder("<sst xmlns=\"" + MAIN + "\" uniqueCount=\"" + texts.size() + "\">");
        texts.keySet().forEach(t -> shared.append("<si><t>").append(escaped(t)).append("</t></si>"));
        String last = (char) ('A' + rows.get(0).size() - 1) + "1";
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" + type("/xl/workbook.xml", "sheet.main") + type("/xl/worksheets/sheet1.xml", "worksheet")
                + type("/xl/styles.xml", "styles") + type("/xl/sharedStrings.xml", "sharedStrings") + "</Types>");
        parts.put("_rels/.rels", "<Relationships xmlns=\"" + RELATIONS + "\">" + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>");
        parts.put("xl/workbook.xml", "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE + "\"><sheets><sheet name=\"名册\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"" + RELATIONS + "\">" + relation("rId1", "worksheet", "worksheets/sheet1.xml")
                + relation("rId2", "styles", "styles.xml") + relation("rId3", "sharedStrings", "sharedStrings.xml") + "</Relationships>");
        parts.put("xl/styles.xml", "<styleSheet xmlns=\"" + MAIN + "\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders>"
                + "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
        parts.put("xl/sharedStrings.xml", shared.append("</sst>").toString());
        parts.put("xl/worksheets/sheet1.xml", "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + data + "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:" + last
                + "\"/></mergeCells></worksheet>");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTime(0); // the same roster gives the same bytes
                zip.putNextEntry(entry);
                zip.write((XML + part.getValue()).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String text(String name, String text, Map<String, Integer> texts) {
        int index = texts.computeIfAbsent(text, t -> texts.size());
        return "<c r=\"" + name + "\" t=\"s\"><v>" + index + "</v></c>";
    }

    private static String type(String part, String kind) {
        return "<Override PartName=\"" + part + "\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." + kind + "+xml\"/>";
    }

    private static String relation(String id, String kind, String target) {
        return "<Relationship Id=\"" + id + "\" Type=\"" + OFFICE + "/" + kind + "\" Target=\"" + target + "\"/>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
