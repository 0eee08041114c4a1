package org.yuzui.container.internal.signature;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Puts a signature into a jar: written whole beside it, then moved into its place. */
final class SignedCopy {

    private SignedCopy() {
    }

    static void write(ZipFile zip, Path jar, SignatureText signature) {
        Path part = jar.resolveSibling(jar.getFileName() + ".part");
        try {
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(part))) {
                for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
                    copy(zip, all.nextElement(), out);
                }
                ZipEntry entry = new ZipEntry(EntryList.SIGNATURE);
                entry.setTime(0); // the same signature makes the same jar
                out.putNextEntry(entry);
                out.write(signature.json().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
            Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ProblemException(new Problem("unwritable-file", part.toString(), "The signed jar can't be written: " + e
                    + ".", "Check that this user may write there."), e);
        }
    }

    private static void copy(ZipFile zip, ZipEntry entry, ZipOutputStream out) throws IOException {
        if (entry.getName().equals(EntryList.SIGNATURE)) {
            return;
        }
        ZipEntry same = new ZipEntry(entry);
        same.setCompressedSize(-1); // it may come out differently
        out.putNextEntry(same);
        try (InputStream in = zip.getInputStream(entry)) {
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
