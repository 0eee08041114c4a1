package org.yuzui.sheet;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A workbook on the disk. Its sheets are read one row after the other; shared texts and formats are kept. Whatever is read counts
 * against one limit, however small the file is. Not thread-safe.
 */
public final class Workbook implements Closeable {

    private static final byte[] OLD = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] ZIP = {'P', 'K'};

    private final ZipFile zip;
    private final Limits limits;
    private final List<SheetPart> sheets = new ArrayList<>();
    private long left;
    private int rowsLeft;
    private boolean from1904;
    private String sharedPart;
    private String stylesPart;
    private SharedTexts shared;
    private Formats formats;

    private Workbook(ZipFile zip, Limits limits) {
        this.zip = zip;
        this.limits = limits;
        this.left = limits.inflatedBytes();
        this.rowsLeft = limits.rows();
    }

    /** @throws BadWorkbook when it is none, or one that goes beyond the limits */
    public static Workbook open(Path file, Limits limits) throws IOException {
        requireForm(file, limits);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | EOFException | IllegalArgumentException e) { // the last of names that are no UTF-8
            throw new BadWorkbook("damaged", null, "文件不是完整的 .xlsx 工作簿。/ The file is no whole .xlsx workbook. Save it anew, and copy it anew.");
        }
        Workbook workbook = new Workbook(zip, limits);
        try {
            workbook.readParts();
            return workbook;
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static void requireForm(Path file, Limits limits) throws IOException {
        if (Files.size(file) > limits.fileBytes()) {
            throw new BadWorkbook("too-large", null, "文件过大，请拆分。/ The file has more than " + limits.fileBytes() + " bytes. Divide it, or leave out pictures.");
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(OLD.length);
        }
        if (begins(head, OLD)) {
            throw new BadWorkbook("old-format", null, "文件是旧版 .xls，或设有打开密码。/ The file is an .xls workbook, or one with a password. "
                    + "Save it as .xlsx without one.");
        }
        if (!begins(head, ZIP)) {
            throw new BadWorkbook("unknown-format", null, head.length == 0 ? "文件是空的。/ The file is empty. Send it again."
                    : "文件不是 .xlsx 工作簿。/ The file is no .xlsx workbook.");
        }
    }

    private static boolean begins(byte[] head, byte[] with) {
        return head.length >= with.length && java.util.Arrays.equals(head, 0, with.length, with, 0, with.length);
    }

    private void readParts() throws IOException {
        if (zip.size() > Limits.PARTS) {
            throw new BadWorkbook("too-many-parts", null, "文件内部的部件过多。/ The file has more than " + Limits.PARTS + " parts. Copy the sheet into a new workbook.");
        }
        Set<String> names = new HashSet<>();
        zip.stream().forEach(e -> {
            if (!names.add(e.getName())) {
                throw new BadWorkbook("part-twice", e.getName(), "文件中同一部件出现两次。/ The file has the part twice: which of them counts can't be told. Save it anew.");
            }
        });
        String book = "xl/workbook.xml";
        for (Map.Entry<String, Target> t : targets("_rels/.rels", "").entrySet()) {
            book = t.getValue().type().endsWith("/officeDocument") ? t.getValue().part() : book;
        }
        int slash = book.lastIndexOf('/');
        String folder = slash < 0 ? "" : book.substring(0, slash + 1);
        Map<String, Target> targets = targets(folder + "_rels/" + book.substring(slash + 1) + ".rels", folder);
        for (Target target : targets.values()) {
            sharedPart = target.type().endsWith("/sharedStrings") ? target.part() : sharedPart;
            stylesPart = target.type().endsWith("/styles") ? target.part() : stylesPart;
        }
        sharedPart = sharedPart == null ? folder + "sharedStrings.xml" : sharedPart; // where all programs put them
        stylesPart = stylesPart == null ? folder + "styles.xml" : stylesPart;
        try (PartReader part = open(book)) {
            for (String element = part.start(); element != null; element = part.start()) {
                if (element.equals("workbookPr")) {
                    from1904 = part.flag("date1904");
                } else if (element.equals("sheet")) {
                    Target target = targets.get(part.prefixed("id") == null ? "" : part.prefixed("id"));
                    String name = part.attribute("name");
                    String state = part.attribute("state");
                    if (name == null || sheets.size() >= Limits.SHEETS) {
                        throw lost();
                    }
                    if (target == null || target.type().endsWith("/worksheet")) { // and no chart or dialog
                        sheets.add(new SheetPart(name, state == null || state.equals("visible"), target == null ? null : target.part()));
                    }
                }
            }
        }
    }

    private Map<String, Target> targets(String part, String folder) throws IOException {
        Map<String, Target> targets = new HashMap<>();
        if (zip.getEntry(part) == null) {
            return targets;
        }
        try (PartReader reader = open(part)) {
            for (String element = reader.start(); element != null; element = reader.start()) {
                String id = reader.attribute("Id");
                String target = reader.attribute("Target");
                String type = reader.attribute("Type");
                if (element.equals("Relationship") && id != null && target != null && type != null
                        && !"External".equals(reader.attribute("TargetMode"))) {
                    targets.put(id, new Target(type, target.startsWith("/") ? target.substring(1) : folder + target));
                }
            }
        }
        return targets;
    }

    /** The names of its sheets, in their order. */
    public List<String> sheets() {
        return sheets.stream().map(SheetPart::name).toList();
    }

    /** Whether a spreadsheet program shows it. @param index in {@link #sheets()} */
    public boolean isVisible(int index) {
        return sheets.get(index).visible();
    }

    /** Reads a sheet from its beginning. @param index in {@link #sheets()} */
    public SheetRows rows(int index) throws IOException {
        if (sheets.get(index).part() == null) {
            throw lost();
        }
        if (shared == null) {
            shared = SharedTexts.read(zip.getEntry(sharedPart) == null ? null : open(sharedPart));
            formats = Formats.read(zip.getEntry(stylesPart) == null ? null : open(stylesPart));
        }
        return new SheetRows(open(sheets.get(index).part()), shared, formats, from1904, () -> {
            if (--rowsLeft < 0) {
                throw new BadWorkbook("too-many-rows", null, "行数过多，请拆分文件。/ The file has more than " + limits.rows() + " rows. Divide it.");
            }
        });
    }

    private PartReader open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new BadWorkbook("missing-part", name, "文件不是完整的 .xlsx 工作簿。/ The file is no whole .xlsx workbook: the part is missing. Save it anew.");
        }
        try {
            return new PartReader(name, new Counted(zip.getInputStream(entry), name));
        } catch (ZipException | EOFException e) {
            throw new BadWorkbook("damaged", name, "文件内容已损坏。/ The part is damaged, or packed in a way that workbooks aren't. Save the file anew.");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static BadWorkbook lost() {
        return new BadWorkbook("bad-sheet", null, "找不到工作表，或工作表过多。/ A sheet can't be found in the file, or there are too many. Save it anew.");
    }

    private record SheetPart(String name, boolean visible, String part) {
    }

    private record Target(String type, String part) {
    }

    /** What a part inflates to, whatever its head says of it. */
    private final class Counted extends FilterInputStream {

        private final String part;

        Counted(InputStream in, String part) {
            super(in);
            this.part = part;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n;
            try {
                n = super.read(bytes, offset, length);
            } catch (ZipException | EOFException e) {
                throw new BadWorkbook("damaged", part, "文件内容已损坏。/ The part is damaged. Save the file anew, and copy it anew.");
            }
            left -= Math.max(n, 0);
            if (left < 0) {
                throw new BadWorkbook("inflates", part, "解压后过大。/ The file inflates to more than " + limits.inflatedBytes()
                        + " bytes. Divide it.");
            }
            return n;
        }
    }
}
