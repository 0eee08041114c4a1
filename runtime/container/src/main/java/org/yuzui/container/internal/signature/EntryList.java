package org.yuzui.container.internal.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What is in a jar, apart from how it is packed: a line {@code <sha256 of the content> <path>} for every file but the
 * signature itself, in the order of the paths' UTF-8 bytes. Folders don't count, they hold nothing.
 */
final class EntryList {

    static final String SIGNATURE = "META-INF/YUZUI.SIG";

    private EntryList() {
    }

    /**
     * The SHA-256 of the list, hexadecimal.
     *
     * @throws IllegalArgumentException when the jar can be read in more than one way: what was signed would not be sure
     * @throws IOException              when it can't be read at all
     */
    static String sha256(ZipFile zip) throws IOException {
        Map<byte[], String> byPath = new TreeMap<>(Arrays::compareUnsigned);
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
            ZipEntry entry = all.nextElement();
            String path = entry.getName();
            if (path.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException("The jar has an entry with a control character in its name.");
            }
            if (entry.isDirectory() && entry.getSize() != 0) {
                throw new IllegalArgumentException("The folder " + path + " of the jar has a content.");
            }
            // Looked up by its name it may be another one, when there are two.
            String digest = entry.isDirectory() ? "" : digest(zip, entry);
            if (byPath.put(path.getBytes(StandardCharsets.UTF_8), digest) != null) {
                throw new IllegalArgumentException("The jar has two entries " + path + ".");
            }
        }
        MessageDigest list = sha256();
        byPath.forEach((path, digest) -> {
            if (!digest.isEmpty() && !Arrays.equals(path, SIGNATURE.getBytes(StandardCharsets.UTF_8))) {
                list.update((digest + " ").getBytes(StandardCharsets.US_ASCII));
                list.update(path);
                list.update((byte) '\n');
            }
        });
        return HexFormat.of().formatHex(list.digest());
    }

    /** Reads no more than the entry is said to have: a bomb ends here. */
    private static String digest(ZipFile zip, ZipEntry entry) throws IOException {
        MessageDigest digest = sha256();
        long left = entry.getSize();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                left -= n;
                if (left < 0) {
                    throw new IllegalArgumentException("The entry " + entry.getName() + " has more bytes than the jar says.");
                }
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
