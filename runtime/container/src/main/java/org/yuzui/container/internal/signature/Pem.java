package org.yuzui.container.internal.signature;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one block of a PEM file (RFC 7468); text before and after it is a comment.
 *
 * @param label such as {@code PUBLIC KEY}
 * @param der   what is inside
 */
record Pem(String label, byte[] der) {

    private static final int LARGEST = 64 << 10;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----\\s*([A-Za-z0-9+/=\\s]*?)-----END \\1-----");
    private static final String ONE_KEY = "Put one key into the file, in PEM.";

    /**
     * @param code of the problem that is thrown when it is no such file
     * @param name how messages call the file
     */
    static Pem read(Path file, String code, String name) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new ProblemException(new Problem(code, name, "The file can't be read: " + e + ".",
                    "Check that it exists and that this user may read it."), e);
        }
        if (bytes.length > LARGEST) {
            throw new ProblemException(new Problem(code, name, "The file is too large for a key.", ONE_KEY));
        }
        Matcher block = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw new ProblemException(new Problem(code, name, "The file holds no PEM block.", ONE_KEY));
        }
        Pem pem;
        try {
            pem = new Pem(block.group(1), Base64.getMimeDecoder().decode(block.group(2)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(new Problem(code, name, "The PEM block is cut off or damaged.", "Copy it again."), e);
        }
        if (block.find()) {
            throw new ProblemException(new Problem(code, name, "The file holds more than one PEM block.", ONE_KEY));
        }
        return pem;
    }

    String text() {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
