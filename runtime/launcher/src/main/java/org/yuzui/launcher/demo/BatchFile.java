package org.yuzui.launcher.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A traffic as a file that a HIS leaves in a folder: one batch with its envelope and its count (FHS, BHS, BTS, FTS). */
public final class BatchFile {

    private static final String HEADER = "FHS|^~\\&|HIS|ALL\rBHS|^~\\&|HIS|ALL\r";

    private BatchFile() {
    }

    /** Each message in the charset that it declares, without MLLP's framing. @return the file's bytes */
    public static long write(Path file, Traffic traffic) throws IOException {
        List<Outgoing> messages = traffic.lanes(1).get(0);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(HEADER.getBytes(StandardCharsets.US_ASCII));
            for (Outgoing message : messages) {
                byte[] frame = message.frame().bytes();
                out.write(frame, 1, frame.length - 3);
            }
            out.write(("BTS|" + messages.size() + "\rFTS|1\r").getBytes(StandardCharsets.US_ASCII));
        }
        return Files.size(file);
    }
}
