package org.yuzui.plugin.his.batch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The answers to a file's messages, in their order and in an envelope like the file's; there in full, or not at all. */
public final class AckFile {

    private final Path part;
    private final OutputStream out;
    private char separator = '|';
    private long inBatch;
    private long batches;
    private boolean batch;
    private boolean loose;

    /** @param part where it is written until it is complete */
    public AckFile(Path part) throws IOException {
        Files.createDirectories(part.getParent());
        this.part = part;
        this.out = new BufferedOutputStream(Files.newOutputStream(part));
    }

    /**
     * Answers a part of the envelope: headers name the control id that is answered (FHS-12, BHS-12), trailers count the answers.
     *
     * @param time {@code 20260302083000}
     */
    public void envelope(Part envelope, String time) throws IOException {
        switch (envelope.kind()) {
            case FILE_HEADER -> header("FHS", envelope, time);
            case BATCH_HEADER -> {
                header("BHS", envelope, time);
                inBatch = 0;
                batches++;
                batch = true;
            }
            case BATCH_TRAILER -> {
                text("BTS" + separator + inBatch);
                batch = false;
            }
            case FILE_TRAILER -> text("FTS" + separator + (batches + (loose ? 1 : 0)));
            default -> { }
        }
    }

    public void answer(byte[] message) throws IOException {
        out.write(message);
        inBatch++;
        loose |= !batch;
    }

    private void header(String segment, Part asked, String time) throws IOException {
        separator = asked.separator();
        StringBuilder text = new StringBuilder(segment);
        String[] fields = {asked.field(2, separator), asked.field(5, separator), asked.field(6, separator), asked.field(3, separator),
            asked.field(4, separator), time, "", "", "", "", asked.field(11, separator)};
        for (String field : fields) {
            text.append(separator).append(field);
        }
        text(text.toString());
    }

    private void text(String segment) throws IOException {
        out.write(segment.getBytes(StandardCharsets.ISO_8859_1));
        out.write('\r');
    }

    /** Completes the file under a name. */
    public void moveTo(Path file) throws IOException {
        out.close();
        Files.createDirectories(file.getParent());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Leaves nothing behind. */
    public void discard() throws IOException {
        out.close();
        Files.deleteIfExists(part);
    }
}
