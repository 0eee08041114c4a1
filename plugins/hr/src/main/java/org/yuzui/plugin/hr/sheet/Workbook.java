package org.yuzui.plugin.hr.sheet;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The parts of a workbook, which is a zip; what unpacks to more than any list of people has is refused while it is read. */
final class Workbook implements Closeable {

    private static final int MOST_PARTS = 10_000;
    private static final long MOST_BYTES = 512L << 20;
    /** XML of a sheet is packed to a tenth or a thirtieth. A bomb of one letter goes to a thousandth. */
    private static final long MOST_RATIO = 200;
    private static final long BEFORE_RATIO = 8L << 20;

    private final ZipFile zip;
    private long unpacked;

    private Workbook(ZipFile zip) {
        this.zip = zip;
    }

    static Workbook open(Path file) throws IOException {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            if (zip.size() > MOST_PARTS) {
                zip.close();
                throw bomb(null);
            }
            return new Workbook(zip);
        } catch (ZipException | EOFException | IllegalArgumentException e) { // the JDK says it in three ways
            throw damaged(null);
        }
    }

    boolean has(String part) {
        return zip.getEntry(part) != null;
    }

    /** @throws BadSheet when there is no such part */
    InputStream part(String part) throws IOException {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) {
            throw damaged(part);
        }
        if (entry.getSize() > MOST_BYTES) {
            throw bomb(part);
        }
        try {
            return new Counted(new BufferedInputStream(zip.getInputStream(entry), 1 << 15), part, Math.max(entry.getCompressedSize(), 1));
        } catch (ZipException | EOFException e) {
            throw damaged(part);
        }
    }

    static BadSheet damaged(String part) {
        return new BadSheet("not-xlsx", part, "文件不是完整的 XLSX 工作簿。/ The file is no whole XLSX workbook. Save it again as .xlsx, and send it again.");
    }

    private static BadSheet bomb(String part) {
        return new BadSheet("too-large", part, "解压后过大。/ The workbook unpacks to more than any roster has. Copy the roster into a new workbook.");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private final class Counted extends FilterInputStream {
        private final String part;
        private final long packed;
        private long own;

        private Counted(InputStream in, String part, long packed) {
            super(in);
            this.part = part;
            this.packed = packed;
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
                throw damaged(part);
            }
            if (n > 0) {
                own += n;
                unpacked += n;
                if (unpacked > MOST_BYTES || own > BEFORE_RATIO && own / packed > MOST_RATIO) {
                    throw bomb(part);
                }
            }
            return n;
        }
    }
}
