package org.yuzui.ledger.internal;

import javax.crypto.Cipher;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * A stream sealed in chunks, each of which can be trusted before the next one is read: none can be changed, left out, moved or cut off at the
 * end.
 *
 * <p>Layout: {@code YZM1}, the key's id (4 bytes; the key says which cipher), eight random bytes, then chunks: the length of the cipher text (4), the cipher text with
 * its tag. A chunk's nonce is the random bytes and its number; bound to it are the SHA-256 of the whole message and whether it is the last.
 */
final class SealedChunks {

    static final int CHUNK = 64 * 1024;
    private static final int MAGIC = 0x595a4d31;
    private static final int TAG = GcmCiphers.TAG_BITS / 8;

    private SealedChunks() {
    }

    private static byte[] nonce(long random, int number) {
        return ByteBuffer.allocate(PayloadCipher.NONCE_BYTES).putLong(random).putInt(number).array();
    }

    private static Cipher bound(Cipher cipher, byte[] sha, boolean last) {
        cipher.updateAAD(sha);
        cipher.updateAAD(new byte[] {(byte) (last ? 1 : 0)});
        return cipher;
    }

    /** Seals what is written to it. For one thread. */
    static final class Writer extends OutputStream {

        private final DataOutputStream out;
        private final KeyRing.Key key;
        private final byte[] sha;
        private final long random = new SecureRandom().nextLong();
        private final GcmCiphers ciphers = new GcmCiphers();
        private final byte[] plain = new byte[CHUNK];
        private int filled;
        private int number;
        private boolean closed;

        Writer(OutputStream out, KeyRing.Key key, byte[] sha) throws IOException {
            this.out = new DataOutputStream(out);
            this.key = key;
            this.sha = sha;
            this.out.writeInt(MAGIC);
            this.out.writeInt(key.id());
            this.out.writeLong(random);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int at = from;
            int left = length;
            while (left > 0) {
                if (filled == CHUNK) {
                    seal(false);
                }
                int now = Math.min(left, CHUNK - filled);
                System.arraycopy(bytes, at, plain, filled, now);
                filled += now;
                at += now;
                left -= now;
            }
        }

        private void seal(boolean last) throws IOException {
            try {
                byte[] sealed = bound(ciphers.sealing(key, nonce(random, number++)), sha, last).doFinal(plain, 0, filled);
                out.writeInt(sealed.length);
                out.write(sealed);
                filled = 0;
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }

        /** Without it the last chunk is missing, and the stream does not open. */
        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try (out) {
                    seal(true);
                }
            }
        }
    }

    /** Opens what a writer sealed. For one thread. */
    static final class Reader extends InputStream {

        private final DataInputStream in;
        private final KeyRing.Key key;
        private final byte[] sha;
        private final Path file;
        private final long random;
        private final GcmCiphers ciphers = new GcmCiphers();
        private byte[] plain = new byte[0];
        private int at;
        private int number;
        private int next;

        Reader(InputStream in, KeyRing keys, byte[] sha, Path file) throws IOException {
            this.in = new DataInputStream(in);
            this.sha = sha;
            this.file = file;
            boolean ready = false;
            try {
                if (this.in.readInt() != MAGIC) {
                    throw new IOException(file + " is no message that was kept");
                }
                key = keys.opening(this.in.readInt());
                random = this.in.readLong();
                next = this.in.readInt();
                ready = true;
            } finally {
                if (!ready) {
                    in.close();
                }
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (at == plain.length) {
                if (next < 0) {
                    return -1;
                }
                open();
            }
            int now = Math.min(length, plain.length - at);
            System.arraycopy(plain, at, bytes, from, now);
            at += now;
            return now;
        }

        private void open() throws IOException {
            if (next < TAG || next > CHUNK + TAG) {
                throw damaged(null);
            }
            byte[] sealed = new byte[next];
            try {
                in.readFully(sealed);
                next = in.available() >= Integer.BYTES ? in.readInt() : end();
                plain = bound(ciphers.opening(key, nonce(random, number++)), sha, next < 0).doFinal(sealed);
                at = 0;
            } catch (EOFException | GeneralSecurityException e) {
                throw damaged(e);
            }
        }

        /** -1 at the end of the file. */
        private int end() throws IOException {
            int first = in.read();
            if (first < 0) {
                return -1;
            }
            return first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedByte() << 8 | in.readUnsignedByte();
        }

        private IOException damaged(Exception cause) {
            return new IOException("payload-damaged", PayloadCipher.damaged(file.toString(), cause));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
