package org.yuzui.plugin.assets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the least that a workbook has: inline texts, numbers, and whatever XML a test puts into a cell. */
final class TestBook {

    /** XML of a cell in place of a value: {@code t="s"><v>99</v>}. */
    record Raw(String xml) {
    }

    private final List<String> names = new ArrayList<>();
    private final List<StringBuilder> sheets = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();
    private String properties = "";
    private String styles = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    private String shared = "<sst/>";

    TestBook sheet(String name, Object... header) {
        names.add(name);
        sheets.add(new StringBuilder());
        rows.add(0);
        return row(header);
    }

    TestBook row(Object... values) {
        int last = names.size() - 1;
        rows.set(last, rows.get(last) + 1);
        StringBuilder sheet = sheets.get(last).append("<row r=\"").append(rows.get(last)).append("\">");
        for (int i = 0; i < values.length; i++) {
            String at = "<c r=\"" + (char) ('A' + i) + rows.get(last) + "\" ";
            if (values[i] instanceof Raw raw) {
                sheet.append(at).append(raw.xml()).append("</c>");
            } else if (values[i] instanceof Number) {
                sheet.append(at).append("><v>").append(values[i]).append("</v></c>");
            } else if (values[i] != null) {
                sheet.append(at).append("t=\"inlineStr\"><is><t>").append(values[i].toString().replace("&", "&amp;").replace("<", "&lt;"))
                        .append("</t></is></c>");
            }
        }
        sheet.append("</row>");
        return this;
    }

    TestBook from1904() {
        properties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    TestBook styles(String xml) {
        styles = xml;
        return this;
    }

    TestBook shared(String xml) {
        shared = xml;
        return this;
    }

    byte[] bytes() {
        StringBuilder list = new StringBuilder();
        StringBuilder targets = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            list.append("<sheet name=\"").append(names.get(i)).append("\" sheetId=\"").append(i + 1).append("\" r:id=\"r").append(i).append("\"/>");
            targets.append("<Relationship Id=\"r").append(i).append("\" Type=\"x/worksheet\" Target=\"worksheets/sheet").append(i).append(".xml\"/>");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            part(zip, "_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            part(zip, "xl/workbook.xml", "<workbook xmlns:r=\"r\">" + properties + "<sheets>" + list + "</sheets></workbook>");
            part(zip, "xl/_rels/workbook.xml.rels", "<Relationships>" + targets + "<Relationship Id=\"s\" Type=\"x/styles\" Target=\"styles.xml\"/>"
                    + "<Relationship Id=\"t\" Type=\"x/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>");
            part(zip, "xl/styles.xml", styles);
            part(zip, "xl/sharedStrings.xml", shared);
            for (int i = 0; i < sheets.size(); i++) {
                part(zip, "xl/worksheets/sheet" + i + ".xml", "<worksheet><sheetData>" + sheets.get(i) + "</sheetData></worksheet>");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(xml.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
