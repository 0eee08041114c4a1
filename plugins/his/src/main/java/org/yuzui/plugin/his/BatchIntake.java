package org.yuzui.plugin.his;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mllp.MllpConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.inbox.Inbox;
import org.yuzui.inbox.InboxFile;
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
    private static final String RUN = "HisBatch";

    private final Path folder;
    private final Inbox inbox;
    private final int maxMessageBytes;
    private final Clock clock;

    public BatchIntake(Settings settings) {
        this.folder = Path.of(settings.text("inbox", "in/his"));
        this.inbox = new Inbox(folder);
        this.maxMessageBytes = settings.number("maxMessageBytes", 16 * 1024 * 1024);
        this.clock = Clock.system(HisSettings.of(settings).zone());
    }

    /** What is known of a file while its messages are taken. */
    private static final class Run {
        private final AckFile answers;
        private long accepted;
        private long refused;

        Run(AckFile answers) {
            this.answers = answers;
        }
    }

    /** Checks the file of the body from beginning to end; the body becomes its parts, an iterator of {@link Part}. */
    public void check(Exchange exchange) throws IOException {
        InboxFile file = InboxFile.take(exchange, "file", inbox, TARGET);
        exchange.getMessage().setHeader(TARGET, Inbox.DONE + "/" + inbox.free(Inbox.DONE, file.name()));
        Counts counts;
        try (BatchReader parts = open(file.path())) {
            counts = Counts.of(parts);
        }
        LOG.info("{}: {} messages in {} batches", file.shown(), counts.messages(), counts.batches());
        exchange.getMessage().setBody(file.reading(open(file.path())));
        exchange.setProperty(RUN, new Run(answers(file)));
    }

    private AckFile answers(InboxFile file) throws IOException {
        return new AckFile(folder.resolve(".work").resolve(file.name() + ".ack.part"));
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
        InboxFile file = InboxFile.of(exchange);
        try {
            file.done();
        } catch (IOException e) {
            run.answers.discard();
            throw e;
        }
        if (file.isAgain()) {
            run.answers.discard(); // nobody waits for them
            return;
        }
        String below = run.accepted == 0 && run.refused > 0 ? Inbox.REFUSED : Inbox.DONE;
        String name = inbox.free(below, file.name());
        run.answers.moveTo(folder.resolve(below).resolve(name + ".ack"));
        exchange.getMessage().setHeader(TARGET, below + "/" + name);
        LOG.info("{}: {} messages accepted, {} refused", file.shown(), run.accepted, run.refused);
    }

    /** The whole file is refused: no message of it was taken. */
    public void refuse(Exchange exchange) throws IOException {
        discard(exchange);
        InboxFile file = InboxFile.of(exchange);
        file.close();
        RefusedException reason = InboxFile.refusal(exchange);
        exchange.getMessage().setHeader(Headers.ARRIVED, file.path());
        if (file.isAgain()) {
            exchange.getMessage().removeHeader(TARGET);
            return;
        }
        String target = inbox.free(Inbox.REFUSED, file.name());
        byte[] text = ("MSA|AR||" + reason.code() + ": " + reason.getMessage() + "\r").getBytes(StandardCharsets.UTF_8);
        AckFile answers = answers(file);
        answers.answer(text);
        answers.moveTo(folder.resolve(Inbox.REFUSED).resolve(target + ".ack"));
        exchange.getMessage().setHeader(TARGET, Inbox.REFUSED + "/" + target);
        LOG.warn("{} is refused: {}", file.shown(), reason.code());
    }

    /** To be called when it can't be made durable now: the file stays and is read again, and what it brought already counts once. */
    public void later(Exchange exchange) throws Exception {
        discard(exchange);
        InboxFile.later(exchange);
    }

    private static void discard(Exchange exchange) throws IOException {
        if (exchange.removeProperty(RUN) instanceof Run run) {
            run.answers.discard();
        }
    }

    private static Run run(Exchange exchange) {
        return exchange.getProperty(RUN, Run.class);
    }
}
