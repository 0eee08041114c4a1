package org.yuzui.reporting.internal.print;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;

/** Pages of A4 across with text and lines, as PDF 1.7. No font is put into the file: see {@link PdfText}. */
final class PdfPages {

    static final double WIDTH = 841.89;
    static final double HEIGHT = 595.28;

    private static final String[] FONTS = {
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UTF16-H/Encoding/UniGB-UTF16-H/DescendantFonts[5 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
                + "/DW 1000/FontDescriptor 6 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 752/Descent -271"
                + "/CapHeight 737/StemV 58>>"};

    private final String title;
    private final List<StringBuilder> pages = new ArrayList<>();

    PdfPages(String title) {
        this.title = title;
    }

    void newPage() {
        pages.add(new StringBuilder("0.5 w\n"));
    }

    int count() {
        return pages.size();
    }

    /** Afterwards everything is put onto this one. */
    void text(int page, double x, double y, double size, String text) {
        pages.get(page).append("BT 1 0 0 1 ").append(number(x)).append(' ').append(number(y)).append(" Tm ")
                .append(PdfText.show(text, size)).append("ET\n");
    }

    void text(double x, double y, double size, String text) {
        text(pages.size() - 1, x, y, size, text);
    }

    void right(double x, double y, double size, String text) {
        text(x - PdfText.width(text, size), y, size, text);
    }

    void center(double x, double y, double size, String text) {
        text(x - PdfText.width(text, size) / 2, y, size, text);
    }

    void line(double x1, double y1, double x2, double y2) {
        page().append(number(x1)).append(' ').append(number(y1)).append(" m ").append(number(x2)).append(' ').append(number(y2)).append(" l S\n");
    }

    /** A light ground, for what is drawn over it afterwards. */
    void ground(double x, double y, double width, double height) {
        page().append("0.93 g ").append(number(x)).append(' ').append(number(y)).append(' ').append(number(width)).append(' ')
                .append(number(height)).append(" re f 0 g\n");
    }

    private StringBuilder page() {
        return pages.get(pages.size() - 1);
    }

    static String number(double n) {
        return String.format(Locale.ROOT, "%.2f", n);
    }

    byte[] bytes() {
        List<byte[]> objects = new ArrayList<>();
        StringBuilder kids = new StringBuilder();
        int first = 3 + FONTS.length + 1; // catalog, pages, four of fonts, information
        for (int i = 0; i < pages.size(); i++) {
            kids.append(first + 2 * i).append(" 0 R ");
        }
        objects.add(ascii("<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>"));
        objects.add(ascii("<</Type/Pages/Count " + pages.size() + "/Kids[" + kids + "]>>"));
        for (String font : FONTS) {
            objects.add(ascii(font));
        }
        objects.add(ascii("<</Title<FEFF" + utf16(title) + ">/Producer(Yuzui)>>"));
        for (int i = 0; i < pages.size(); i++) {
            objects.add(ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + number(WIDTH) + " " + number(HEIGHT)
                    + "]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents " + (first + 2 * i + 1) + " 0 R>>"));
            objects.add(stream(pages.get(i).toString()));
        }
        return file(objects);
    }

    private static byte[] file(List<byte[]> objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("%PDF-1.7\n%"));
        out.writeBytes(new byte[] {(byte) 0xE2, (byte) 0xE3, (byte) 0xCF, (byte) 0xD3, '\n'}); // says that it is no text
        StringBuilder table = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        for (int i = 0; i < objects.size(); i++) {
            table.append(String.format(Locale.ROOT, "%010d 00000 n \n", out.size()));
            out.writeBytes(ascii((i + 1) + " 0 obj\n"));
            out.writeBytes(objects.get(i));
            out.writeBytes(ascii("\nendobj\n"));
        }
        int start = out.size();
        out.writeBytes(ascii(table + "trailer\n<</Size " + (objects.size() + 1) + "/Root 1 0 R/Info 7 0 R>>\nstartxref\n" + start + "\n%%EOF\n"));
        return out.toByteArray();
    }

    private static byte[] stream(String content) {
        Deflater deflater = new Deflater();
        deflater.setInput(ascii(content));
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        while (!deflater.finished()) {
            packed.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("<</Length " + packed.size() + "/Filter/FlateDecode>>\nstream\n"));
        out.writeBytes(packed.toByteArray());
        out.writeBytes(ascii("\nendstream"));
        return out.toByteArray();
    }

    private static String utf16(String text) {
        StringBuilder hex = new StringBuilder();
        text.chars().forEach(c -> hex.append(String.format("%04X", c)));
        return hex.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
