package org.yuzui.plugin.finance.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Watches bytes that pass and tells whether all of them are UTF-8 with characters beyond ASCII among them. */
final class Utf8Witness extends FilterInputStream {

    /** By accident two Chinese characters of GB18030 may look like UTF-8, twenty don't. */
    private static final int ENOUGH = 20;

    private boolean broken;
    private long characters;
    private int following;

    Utf8Witness(InputStream in) {
        super(in);
    }

    /** Whether this beginning of a file tells by itself. */
    static boolean tells(byte[] head) {
        Utf8Witness witness = new Utf8Witness(InputStream.nullInputStream());
        for (byte b : head) {
            witness.see(b);
        }
        return witness.isUtf8();
    }

    boolean isUtf8() {
        return !broken && characters >= ENOUGH;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            see((byte) b);
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        for (int i = 0; i < n && !broken; i++) {
            see(bytes[offset + i]);
        }
        return n;
    }

    @Override
    public boolean markSupported() {
        return false; // what is read again would be seen twice
    }

    private void see(byte b) {
        if (following > 0) {
            broken |= (b & 0xC0) != 0x80;
            following--;
        } else if (b < 0) {
            int lead = b & 0xFF;
            following = lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : 0;
            broken |= following == 0;
            characters++;
        }
    }
}
