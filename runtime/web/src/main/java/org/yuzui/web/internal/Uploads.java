package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.web.WebSettings;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Takes in the body of a call as a file, piece by piece; it is never whole in memory. */
final class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final Set<String> TYPES =
            Set.of("application/java-archive", "application/zip", "application/octet-stream");
    private static final long MOST_OF_MESSAGE = 1L << 30;
    private static final String SUFFIX = ".upload";

    private final Path folder;
    private final long maxBytes;

    Uploads(WebSettings settings) {
        this.folder = settings.uploads();
        this.maxBytes = settings.maxJarBytes();
        deleteLeftBehind();
    }

    /** What was sent; closing deletes it. */
    record Upload(Path file) implements AutoCloseable {
        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("The upload {} can't be deleted, the next start does it: {}", file, e.toString());
            }
        }
    }

    /** What is known to be refused is refused before a byte of it is read. */
    Upload receive(Context ctx) {
        String type = ctx.contentType();
        if (type == null || !TYPES.contains(type.split(";")[0].strip().toLowerCase(Locale.ROOT))) {
            throw new Refusal(415, new Problem("not-a-jar", "header Content-Type", "The body is not said to be a jar.",
                    "Send it with 'Content-Type: application/java-archive'."));
        }
        return keep(ctx, maxBytes, tooLarge());
    }

    /** A message as it is, which only the hub's own user may read while it lies here. */
    Upload receiveMessage(Context ctx) {
        return keep(ctx, MOST_OF_MESSAGE, new Refusal(413, new Problem("too-large", "body", "The message is larger than "
                + (MOST_OF_MESSAGE >> 20) + " MiB, which is the most that this call takes.", "Have the message come by the way that it came, corrected.")));
    }

    /** Whether the body is said to be bytes as they are. */
    static boolean isBytes(Context ctx) {
        String type = ctx.contentType();
        return type != null && type.split(";")[0].strip().equalsIgnoreCase("application/octet-stream");
    }

    private Upload keep(Context ctx, long most, Refusal tooLarge) {
        if (ctx.req().getContentLengthLong() > most) {
            throw tooLarge;
        }
        Upload upload = new Upload(newFile());
        try {
            try (OutputStream out = Files.newOutputStream(upload.file())) {
                copy(ctx.bodyInputStream(), out, most, tooLarge);
            }
            return upload;
        } catch (IOException e) {
            upload.close();
            throw new UncheckedIOException("The upload can't be kept in " + folder, e);
        } catch (RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    private static void copy(InputStream in, OutputStream out, long most, Refusal tooLarge) throws IOException {
        byte[] piece = new byte[64 * 1024];
        long sum = 0;
        for (int n = read(in, piece); n >= 0; n = read(in, piece)) {
            sum += n;
            if (sum > most) {
                throw tooLarge;
            }
            out.write(piece, 0, n);
        }
        if (sum == 0) {
            throw Refusal.badRequest("bad-upload", "body", "The body is empty.", "Send the file as the body of the request.");
        }
    }

    private static int read(InputStream in, byte[] piece) {
        try {
            return in.read(piece);
        } catch (IOException e) {
            LOG.info("An upload broke off: {}", e.toString());
            throw Refusal.badRequest("bad-upload", "body", "The upload broke off.", "Send it again.");
        }
    }

    private Refusal tooLarge() {
        return new Refusal(413, new Problem("jar-too-large", "body", "The jar is larger than " + (maxBytes >> 20) + " MB.",
                "Leave out of it what the plugin doesn't need."));
    }

    private Path newFile() {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "sent-", SUFFIX);
        } catch (IOException e) {
            throw new UncheckedIOException("There can't be a file in " + folder, e);
        }
    }

    /** What a hub that was killed had not got round to. */
    private void deleteLeftBehind() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("Old uploads in {} can't be deleted: {}", folder, e.toString());
        }
    }
}
