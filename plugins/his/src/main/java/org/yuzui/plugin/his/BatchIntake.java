package org.yuzui.plugin.his;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mllp.MllpConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.his.batch.AckFile;
import org.yuzui.plugin.his.batch.BatchReader;
import org.yuzui.plugin.his.batch.Counts;
import org.yuzui.plugin.his.batch.Part;
import org.yuzui.plugin.his.hl7.Refusal;
import org.yuzui.plugin.his.mllp.Fault;
import org.yuzui.plugin.his.mllp.Listener;
import org.yuzui.plugin.his.mllp.Stopping;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Reads a file of messages twice: first to see that it is whole and holds what its trailers say, then message by message, each as
 * over MLLP. Where the file goes in the end stands in the header {@link #TARGET}, below the inbox.
 */
public final class BatchIntake {

    /** Where the file is moved when the exchange is done. */
    public static final String TARGET = "HisTarget";
    /** {@code message}, or {@code envelope}: what the part is that is the body. */
    public static final String PART = "HisPart";

    private static final Logger LOG = LoggerFactory.getLogger(BatchIntake.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);
    private static final int MAX_NAME = 100;
    private static final String RUN = "HisBatch";
    private static final String FILE = "HisFile";

    private final Path inbox;
    private final int maxMessageBytes;
    private final Clock clock;

    public BatchIntake(Settings settings) {
        this.inbox = Path.of(settings.text("inbox", "in/his"));
        this.maxMessageBytes = settings.number("maxMessageBytes", 16 * 1024 * 1024);
        this.clock = Clock.system(HisSettings.of(settings).zone());
    }

    /** What is known of a file while its messages are taken. */
    private static final class Run {
        private final Path file;
        private final long size;
        private final long modified;
        private final BatchReader parts;
        private final AckFile answers;
        private long accepted;
        private long refused;

        Run(Path file, BatchReader parts, AckFile answers) throws IOException {
            this.file = file;
            this.size = Files.size(file);
            this.modified = Files.getLastModifiedTime(file).toMillis();
            this.parts = parts;
            this.answers = answers;
        }

        boolean isUntouched() throws IOException {
            return Files.size(file) == size && Files.getLastModifiedTime(file).toMillis() == modified;
        }
    }

    /** Checks the file of the body from beginning to end; the body becomes its parts, an iterator of {@link Part}. */
    public void check(Exchange exchange) throws IOException {
        Path file = exchange.getMessage().getBody(File.class).toPath();
        exchange.setProperty(FILE, file);
        String name = file.getFileName().toString();
        String shown = shown(file);
        Message message = exchange.getMessage();
        message.setHeader(Headers.SOURCE, "file " + shown);
        message.setHeader(Headers.SOURCE_ID, shown);
        message.setHeader(Headers.SOURCE_TYPE, "file");
        message.setHeader(TARGET, ".done/" + free(".done", name));
        Counts counts;
        try (BatchReader parts = open(file)) {
            counts = Counts.of(parts);
        }
        LOG.info("{}: {} messages in {} batches", shown, counts.messages(), counts.batches());
        BatchReader parts = open(file);
        try {
            Run run = new Run(file, parts, new AckFile(inbox.resolve(".work").resolve(name + ".ack.part")));
            exchange.setProperty(RUN, run);
            message.setBody(parts);
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private BatchReader open(Path file) throws IOException {
        return new BatchReader(Files.newInputStream(file), maxMessageBytes);
    }

    /** The part that is the body: a message's bytes as MLLP would bring them, or a part of the envelope, which is answered here. */
    public void part(Exchange exchange) throws IOException {
        if (Stopping.of(exchange).getAsBoolean()) {
            throw new IOException("The route stops; the file is read again when it runs.");
        }
        Part part = exchange.getMessage().getBody(Part.class);
        Message message = exchange.getMessage();
        boolean isMessage = part.kind() == Part.Kind.MESSAGE;
        message.setHeader(PART, isMessage ? "message" : "envelope");
        if (!isMessage) {
            run(exchange).answers.envelope(part, STAMP.format(LocalDateTime.now(clock)));
            return;
        }
        message.removeHeader(Headers.SOURCE_ID);
        message.removeHeader(Headers.SOURCE_TYPE);
        if (part.isCut()) {
            message.setHeader(Listener.FAULT, Fault.TOO_LARGE);
            message.setHeader(Headers.REMARK, part.size() + " bytes, the first " + part.bytes().length + " are kept");
        }
        message.setBody(part.bytes());
    }

    /** Takes down what the message was answered; whatever says "send again" ends the reading of the file. */
    public void answered(Exchange exchange) throws IOException {
        byte[] answer = exchange.getProperty(MllpConstants.MLLP_ACKNOWLEDGEMENT, byte[].class);
        if (answer == null || exchange.getProperty(Answers.LATER, false, Boolean.class)) {
            throw new IOException("A message could not be stored now; the file is read again.");
        }
        Run run = run(exchange);
        run.answers.answer(answer);
        if (exchange.getProperty(Answers.ACCEPTED, false, Boolean.class)) {
            run.accepted++;
        } else {
            run.refused++;
        }
    }

    /** To be called when all is durable. A file of which no message was accepted is a refused one. */
    public void done(Exchange exchange) throws IOException {
        Run run = run(exchange);
        run.parts.close();
        if (!run.isUntouched()) {
            run.answers.discard();
            throw new IOException("The file " + shown(run.file) + " was written to while it was read; it is read again.");
        }
        String folder = run.accepted == 0 && run.refused > 0 ? ".refused" : ".done";
        String name = free(folder, run.file.getFileName().toString());
        run.answers.moveTo(inbox.resolve(folder).resolve(name + ".ack"));
        exchange.getMessage().setHeader(TARGET, folder + "/" + name);
        LOG.info("{}: {} messages accepted, {} refused", shown(run.file), run.accepted, run.refused);
    }

    /** The whole file is refused: no message of it was taken. The ledger keeps the reason, and not the file, which names persons. */
    public void refuse(Exchange exchange) throws IOException {
        close(exchange);
        Path file = exchange.getProperty(FILE, Path.class);
        String name = file.getFileName().toString();
        RefusedException refused = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, RefusedException.class);
        RefusedException reason = refused == null ? Refusal.frame("refused", "The file was refused.") : refused;
        String target = free(".refused", name);
        String text = "MSA|AR||" + reason.code() + ": " + reason.getMessage() + "\r";
        AckFile answers = new AckFile(inbox.resolve(".work").resolve(name + ".ack.part"));
        answers.answer(text.getBytes(StandardCharsets.UTF_8));
        answers.moveTo(inbox.resolve(".refused").resolve(target + ".ack"));
        exchange.getMessage().setHeader(TARGET, ".refused/" + target);
        exchange.getMessage().setHeader(Headers.ARRIVED, text.getBytes(StandardCharsets.UTF_8));
        LOG.warn("{} is refused: {}", shown(file), reason.code());
    }

    /** To be called when it can't be made durable now: the file stays and is read again, and what it brought already counts once. */
    public void later(Exchange exchange) throws Exception {
        close(exchange);
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    private static void close(Exchange exchange) throws IOException {
        if (exchange.removeProperty(RUN) instanceof Run run) {
            try (Closeable parts = run.parts) {
                run.answers.discard();
            }
        }
    }

    /** For logs and the ledger: one line, not endless. */
    private static String shown(Path file) {
        String name = file.getFileName().toString().replaceAll("\\p{Cntrl}", "?");
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    }

    private static Run run(Exchange exchange) {
        return exchange.getProperty(RUN, Run.class);
    }

    /** The file's name, or with a number where one of that name lies already. */
    private String free(String folder, String name) {
        Path in = inbox.resolve(folder);
        String free = name;
        for (int n = 2; Files.exists(in.resolve(free)); n++) {
            free = name + "." + n;
        }
        return free;
    }
}
