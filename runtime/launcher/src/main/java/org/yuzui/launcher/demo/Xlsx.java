package org.yuzui.launcher.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a workbook as spreadsheet programs do: shared texts, numbers, days as formatted serial numbers. The same rows give the
 * same bytes.
 */
public final class Xlsx {

    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";

    private final Map<String, List<List<Object>>> sheets = new LinkedHashMap<>();
    private final Map<String, Integer> titles = new HashMap<>();
    private final Map<String, Integer> texts = new LinkedHashMap<>();

    /** @param values texts, numbers, days, or null; the first row of a sheet names its columns */
    public void row(String sheet, Object... values) {
        List<Object> row = new ArrayList<>();
        for (Object value : values) {
            row.add(value);
        }
        sheets.computeIfAbsent(sheet, s -> new ArrayList<>()).add(row);
    }

    /** The first cell of the sheet's first row is shown over so many columns: it is a title. */
    public void merge(String sheet, int columns) {
        titles.put(sheet, columns);
    }

    public boolean has(String sheet) {
        return sheets.containsKey(sheet);
    }

    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            StringBuilder types = new StringBuilder();
            StringBuilder list = new StringBuilder();
            StringBuilder targets = new StringBuilder();
            int n = 0;
            for (Map.Entry<String, List<List<Object>>> sheet : sheets.entrySet()) {
                n++;
                types.append("<Override PartName=\"/xl/worksheets/sheet").append(n).append(".xml\" ContentType=\"").append(type("worksheet")).append("\"/>");
                list.append("<sheet name=\"").append(escaped(sheet.getKey())).append("\" sheetId=\"").append(n).append("\" r:id=\"rId").append(n).append("\"/>");
                targets.append(target("rId" + n, "worksheet", "worksheets/sheet" + n + ".xml"));
                part(zip, "xl/worksheets/sheet" + n + ".xml", "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows(sheet.getValue())
                        + "</sheetData>" + merged(titles.get(sheet.getKey())) + "</worksheet>");
            }
            part(zip, "xl/sharedStrings.xml", "<sst xmlns=\"" + MAIN + "\">" + shared() + "</sst>");
            part(zip, "xl/styles.xml", "<styleSheet xmlns=\"" + MAIN + "\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills>"
                    + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\"/>"
                    + "<xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
            part(zip, "xl/workbook.xml", "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE + "\"><sheets>" + list + "</sheets></workbook>");
            part(zip, "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + targets
                    + target("rIdStyles", "styles", "styles.xml") + target("rIdTexts", "sharedStrings", "sharedStrings.xml") + "</Relationships>");
            part(zip, "_rels/.rels", "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + target("rId1", "officeDocument", "xl/workbook.xml")
                    + "</Relationships>");
            part(zip, "[Content_Types].xml", "<Types xmlns=\"" + PACKAGE + "content-types\"><Default Extension=\"rels\" ContentType=\""
                    + "application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                    + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + type("sheet.main") + "\"/><Override PartName=\"/xl/styles.xml\" "
                    + "ContentType=\"" + type("styles") + "\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" + type("sharedStrings")
                    + "\"/>" + types + "</Types>");
        }
        return bytes.toByteArray();
    }

    private StringBuilder rows(List<List<Object>> rows) {
        StringBuilder xml = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            xml.append("<row r=\"").append(r + 1).append("\">");
            List<Object> row = rows.get(r);
            for (int c = 0; c < row.size(); c++) {
                Object value = row.get(c);
                String at = "<c r=\"" + (char) ('A' + c) + (r + 1) + "\"";
                if (value instanceof LocalDate day) {
                    xml.append(at).append(" s=\"1\"><v>").append(ChronoUnit.DAYS.between(EPOCH, day)).append("</v></c>");
                } else if (value instanceof BigDecimal number) {
                    xml.append(at).append("><v>").append(number.toPlainString()).append("</v></c>");
                } else if (value instanceof Number number) {
                    xml.append(at).append("><v>").append(number).append("</v></c>");
                } else if (value != null) {
                    xml.append(at).append(" t=\"s\"><v>").append(texts.computeIfAbsent(value.toString(), t -> texts.size())).append("</v></c>");
                }
            }
            xml.append("</row>");
        }
        return xml;
    }

    private static String merged(Integer columns) {
        return columns == null ? "" : "<mergeCells count=\"1\"><mergeCell ref=\"A1:" + (char) ('A' + columns - 1) + "1\"/></mergeCells>";
    }

    private StringBuilder shared() {
        StringBuilder xml = new StringBuilder();
        texts.keySet().forEach(t -> xml.append("<si><t>").append(escaped(t)).append("</t></si>"));
        return xml;
    }

    private static String type(String what) {
        return "application/vnd.openxmlformats-officedocument.spreadsheetml." + what + "+xml";
    }

    private static String target(String id, String type, String part) {
        return "<Relationship Id=\"" + id + "\" Type=\"" + OFFICE + "/" + type + "\" Target=\"" + part + "\"/>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write((HEAD + xml).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
