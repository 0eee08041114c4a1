package org.yuzui.plugin.hr.sheet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * In which charset a text is, by all of its bytes: UTF-8 when they are UTF-8 or begin with its mark, else GB18030. Texts that
 * are neither are found where they are decoded; those that are UTF-8 but for a few bytes are refused here, as GB18030 would read
 * something else in nearly all of them.
 */
final class TextCharset {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final int[] LEAST = {0, 0x80, 0x800, 0x10000};

    private long line = 1;
    private long sequences;
    private long broken;
    private long brokenLine;

    private TextCharset() {
    }

    /**
     * @param skip how many bytes of a mark come before the text
     */
    record Found(Charset charset, int skip) {
    }

    static Found of(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.mark(8);
            byte[] head = in.readNBytes(4);
            in.reset();
            if (is(head, 0xFE, 0xFF) || is(head, 0xFF, 0xFE) || head.length > 1 && (head[0] == 0 || head[1] == 0)) {
                throw new BadSheet("charset", null, "文件为 UTF-16 或 UTF-32 编码。/ The file is in UTF-16 or UTF-32. Export it as CSV in UTF-8 or GB18030.");
            }
            boolean marked = is(head, 0xEF, 0xBB, 0xBF);
            if (marked) {
                in.skipNBytes(3);
            }
            TextCharset seen = new TextCharset();
            seen.read(in);
            if (seen.broken == 0) {
                return new Found(StandardCharsets.UTF_8, marked ? 3 : 0);
            }
            if (marked || seen.sequences > 9 * seen.broken) {
                throw new BadSheet("charset", "line " + seen.brokenLine, "文件是 UTF-8，但此行含有无效字节。/ The file is UTF-8, and in this line are bytes "
                        + "that aren't. Export it again.");
            }
            return new Found(GB18030, 0);
        }
    }

    private void read(InputStream in) throws IOException {
        int following = 0;
        int length = 0;
        int code = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (following > 0) {
                if ((b & 0xC0) == 0x80) {
                    code = code << 6 | b & 0x3F;
                    if (--following == 0) {
                        end(code >= LEAST[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF));
                    }
                    continue;
                }
                following = 0;
                end(false);
            }
            if (b == '\n') {
                line++;
            } else if (b >= 0x80) {
                length = b >= 0xC2 && b < 0xE0 ? 1 : b >= 0xE0 && b < 0xF0 ? 2 : b >= 0xF0 && b < 0xF5 ? 3 : 0;
                following = length;
                code = b & 0x3F >> length;
                if (length == 0) {
                    end(false);
                }
            }
        }
        if (following > 0) {
            end(false);
        }
    }

    private void end(boolean sound) {
        if (sound) {
            sequences++;
        } else if (broken++ == 0) {
            brokenLine = line;
        }
    }

    private static boolean is(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
