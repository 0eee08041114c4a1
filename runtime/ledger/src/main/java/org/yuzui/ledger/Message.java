package org.yuzui.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A message to be kept, in memory or in a file that nobody changes meanwhile; or one that is kept already. It is recognised by its content, so that what many records
 * are made of is kept once. Thread-safe; its bytes are not to be changed.
 */
public final class Message {

    private static final int CHUNK = 64 * 1024;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Message::digest);

    private final byte[] bytes;
    private final Path file;
    private final Source source;
    private final long size;
    /** Worked out when it is first asked for; two threads that do so find the same. */
    private volatile byte[] sha256;

    private Message(byte[] bytes, Path file, Source source, long size) {
        this.bytes = bytes;
        this.file = file;
        this.source = source;
        this.size = size;
    }

    /** Where one lies that is opened anew each time. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    public static Message of(byte[] bytes) {
        return new Message(bytes, null, null, bytes.length);
    }

    /** @throws UncheckedIOException when the file can't be read */
    public static Message of(Path file) {
        try {
            return new Message(null, file, null, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that is kept already: what it is is known, and its bytes are read only by who wants them. */
    public static Message kept(long size, byte[] sha256, Source source) {
        Message message = new Message(null, null, source, size);
        message.sha256 = sha256;
        return message;
    }

    /** Whether it is read anew each time, and never whole in memory. */
    public boolean isFile() {
        return bytes == null;
    }

    /** Bytes. */
    public long size() {
        return size;
    }

    /** Whether it is made of exactly this array or this path: what comes again need not be read again. */
    public boolean isOf(Object source) {
        return source == bytes && bytes != null || source == file && file != null;
    }

    /** A UUID of version 8, as a record's: the first 122 free bits of {@link #sha256}. */
    public UUID id() {
        ByteBuffer hash = ByteBuffer.wrap(sha256());
        long high = hash.getLong() & ~0xF000L | 0x8000L;
        long low = hash.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** Not to be changed. */
    public byte[] sha256() {
        byte[] found = sha256;
        if (found == null) {
            found = hash();
            sha256 = found;
        }
        return found;
    }

    private byte[] hash() {
        MessageDigest sha = SHA_256.get();
        sha.reset();
        if (bytes != null) {
            return sha.digest(bytes);
        }
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = open()) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                sha.update(chunk, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sha.digest();
    }

    /** From its beginning. */
    public InputStream open() throws IOException {
        return bytes != null ? new ByteArrayInputStream(bytes) : file != null ? Files.newInputStream(file) : source.open();
    }

    /** All of it; for one that is known to be small. */
    public byte[] bytes() {
        if (bytes != null) {
            return bytes;
        }
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes all of it, never more than a little of it in memory.
     *
     * @throws IOException also when the file has changed since it was first read
     */
    public void writeTo(OutputStream out) throws IOException {
        if (bytes != null) {
            out.write(bytes);
            return;
        }
        MessageDigest sha = digest();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = open()) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                sha.update(chunk, 0, n);
                out.write(chunk, 0, n);
            }
        }
        if (!Arrays.equals(sha.digest(), sha256())) {
            throw new IOException((file == null ? "What is kept" : file) + " was changed while it was read");
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Without its content. */
    @Override
    public String toString() {
        return size + " bytes" + (sha256 == null ? "" : " " + HexFormat.of().formatHex(sha256, 0, 4));
    }
}
