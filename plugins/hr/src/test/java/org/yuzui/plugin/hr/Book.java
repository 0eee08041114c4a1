package org.yuzui.plugin.hr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook of a test: its parts, written as they are given. */
public final class Book {

    private static final String MAIN = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    private final Map<String, String> parts = new LinkedHashMap<>();

    private Book() {
    }

    /** One visible sheet; styles: 0 general, 1 a date (built in), 2 {@code 00000}, 3 a date of the site's own. */
    public static Book of(String sheetData) {
        Book book = new Book();
        book.part("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        book.part("xl/workbook.xml", "<workbook " + MAIN + "><sheets><sheet name=\"名册\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        book.part("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + "<Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        book.part("xl/styles.xml", "<styleSheet " + MAIN + "><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/>"
                + "<numFmt numFmtId=\"165\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
                + "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>");
        book.part("xl/worksheets/sheet1.xml", "<worksheet " + MAIN + ">" + sheetData + "</worksheet>");
        return book;
    }

    /** Rows of texts, in shared strings when asked. */
    public static Book rows(boolean sharedTexts, List<List<String>> rows) {
        StringBuilder data = new StringBuilder("<sheetData>");
        StringBuilder shared = new StringBuilder("<sst " + MAIN + ">");
        int n = 0;
        for (int r = 0; r < rows.size(); r++) {
            data.append("<row r=\"").append(r + 1).append("\">");
            for (int c = 0; c < rows.get(r).size(); c++) {
                String text = rows.get(r).get(c).replace("&", "&amp;").replace("<", "&lt;");
                String name = name(c) + (r + 1);
                if (text.isEmpty()) {
                    continue;
                }
                if (sharedTexts) {
                    shared.append("<si><t>").append(text).append("</t></si>");
                    data.append("<c r=\"").append(name).append("\" t=\"s\"><v>").append(n++).append("</v></c>");
                } else {
                    data.append("<c r=\"").append(name).append("\" t=\"inlineStr\"><is><t>").append(text).append("</t></is></c>");
                }
            }
            data.append("</row>");
        }
        Book book = of(data.append("</sheetData>").toString());
        return sharedTexts ? book.part("xl/sharedStrings.xml", shared.append("</sst>").toString()) : book;
    }

    private static String name(int column) {
        return String.valueOf((char) ('A' + column));
    }

    public Book part(String name, String xml) {
        parts.put(name, xml);
        return this;
    }

    public Book without(String name) {
        parts.remove(name);
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
