package org.yuzui.plugin.hr.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells by a file's first bytes what it is, whatever its name says. */
public final class SheetFile {

    /** A list of a hundred thousand people has twenty. */
    static final long MOST_BYTES = 64L << 20;

    private SheetFile() {
    }

    /**
     * Opens it.
     *
     * @param sheet name of the sheet of a workbook; null for the first that is visible
     * @throws BadSheet when it is none of those that are read
     */
    public static Sheet open(Path file, String sheet) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new BadSheet("too-large", null, "文件超过 64 MiB。/ The file has more than 64 MiB. Leave out other sheets and pictures, or send CSV.");
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(8);
        }
        if (head.length == 0) {
            throw new BadSheet("empty", null, "文件是空的。/ The file is empty. Export it again.");
        }
        if (starts(head, 'P', 'K', 3, 4) || starts(head, 'P', 'K', 5, 6) || starts(head, 0xD0, 0xCF, 0x11, 0xE0)) {
            return XlsxSheet.open(file, sheet); // which says what an old workbook is
        }
        return CsvSheet.open(file);
    }

    private static boolean starts(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
