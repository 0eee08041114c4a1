package org.yuzui.plugin.assets;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.assets.input.BadInput;
import org.yuzui.plugin.assets.input.Findings;
import org.yuzui.plugin.assets.input.WorkbookRecords;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a workbook twice: first to see that all of it is in order, then to make its records, so that one that isn't leaves nothing
 * behind. Where the file goes in the end stands in the header {@link #TARGET}, below the inbox.
 */
public final class Intake {

    /** Where the file is moved when the exchange is done. */
    public static final String TARGET = "AssetsTarget";
    /** The contract of the chunk that is the body, or that what is refused was meant for. */
    public static final String CONTRACT = "AssetsContract";

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final String FILE = "AssetsFile";
    private static final String STATE = "AssetsState";
    private static final String READER = "AssetsReader";
    private static final String ENTERED = "AssetsEntered";
    private static final Pattern DAY = Pattern.compile("(?<!\\d)(20\\d{2})-?(\\d{2})-?(\\d{2})(?!\\d)");

    private final AssetsSettings settings;
    private final Gate gate;

    public Intake(Settings settings, Gate gate) {
        this.settings = AssetsSettings.of(settings);
        this.gate = gate;
    }

    /** Checks the file of the body from beginning to end; the body becomes its records, an iterator of {@link Chunk}. */
    public void check(Exchange exchange) throws IOException {
        Path file = exchange.getMessage().getBody(File.class).toPath();
        exchange.setProperty(FILE, file);
        Message message = exchange.getMessage();
        String name = file.getFileName().toString();
        message.setHeader(Headers.SOURCE, "file " + name);
        message.setHeader(Headers.SOURCE_ID, name.length() > 100 ? name.substring(0, 100) : name);
        message.setHeader(Headers.SOURCE_TYPE, "xlsx");
        message.setHeader(TARGET, ".done/" + free(".done", name));
        message.setHeader(CONTRACT, Chunk.ASSET);
        exchange.setProperty(STATE, State.of(file));
        gate.enter();
        exchange.setProperty(ENTERED, true);
        Findings findings = new Findings();
        List<Candidate> candidates = candidates(file, findings);
        findings.throwIfAny("file");
        gate.check(candidates, findings);
        findings.throwIfAny("file");
        LOG.info("{}: {} rows are in order", name, candidates.size());
        WorkbookRecords rows = open(file, new Findings());
        exchange.setProperty(READER, rows);
        message.setBody(new FileRecords(rows));
    }

    List<Candidate> candidates(Path file, Findings findings) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        try (WorkbookRecords rows = open(file, findings)) {
            for (WorkbookRecords.Row row = rows.next(); row != null; row = rows.next()) {
                Candidate candidate = Candidate.of(row.card(), row.record(), row.place());
                String first = seen.putIfAbsent(row.card() ? candidate.event().asset() : candidate.event().key() + " " + candidate.event().asset(),
                        row.place());
                if (first == null) {
                    candidates.add(candidate);
                } else {
                    findings.add(row.card() ? "asset-twice" : "movement-twice", row.place(), null, null, "It stands in " + first
                            + " already. Which of them counts can't be told: remove one.");
                }
            }
        }
        return candidates;
    }

    private WorkbookRecords open(Path file, Findings findings) throws IOException {
        return WorkbookRecords.open(file, settings.limits(), settings.maker(), settings.mapping(), day(file), findings);
    }

    /** What the file's name says that its cards are of; null when it says nothing. */
    static LocalDate day(Path file) {
        Matcher m = DAY.matcher(file.getFileName().toString());
        while (m.find()) {
            try {
                return LocalDate.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
            } catch (DateTimeException e) {
                // some other number
            }
        }
        return null;
    }

    /** The records of the chunk that is the body. */
    public void open(Exchange exchange) {
        Chunk chunk = exchange.getMessage().getBody(Chunk.class);
        exchange.getMessage().setHeader(CONTRACT, chunk.contract());
        exchange.getMessage().setBody(chunk.records());
    }

    /** To be called when all is durable: whoever writes into a file that was checked already gets it read again. */
    public void done(Exchange exchange) throws IOException {
        close(exchange);
        Path file = exchange.getProperty(FILE, Path.class);
        if (!State.of(file).equals(exchange.getProperty(STATE, State.class))) {
            throw new IOException("The file " + file.getFileName() + " was written to while it was read; it is read again.");
        }
    }

    /** Writes the report, and says where the file goes. The ledger keeps the reasons without the values of cells, and not the file. */
    public void refuse(Exchange exchange) throws IOException {
        close(exchange);
        RefusedException reason = reason(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        Path file = exchange.getProperty(FILE, Path.class);
        Path refused = settings.inbox().resolve(".refused");
        String name = free(".refused", file.getFileName().toString());
        Files.createDirectories(refused);
        Path part = refused.resolve("." + name + ".report.part");
        Files.writeString(part, report(file, reason));
        Files.move(part, refused.resolve(name + ".report.txt"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        exchange.getMessage().setHeader(TARGET, ".refused/" + name);
        exchange.getMessage().setHeader(Headers.ARRIVED, reason.getMessage().getBytes(StandardCharsets.UTF_8));
        LOG.warn("{} is refused: {}", file.getFileName(), reason.code());
    }

    /** To be called when it can't be made durable now: the file stays and is read again. */
    public void later(Exchange exchange) throws Exception {
        close(exchange);
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    /** To be called whatever became of it. */
    public void end(Exchange exchange) {
        if (exchange.removeProperty(ENTERED) != null) {
            gate.leave();
        }
    }

    /** The file's name, or with a number where one of that name lies already. */
    private String free(String folder, String name) {
        Path in = settings.inbox().resolve(folder);
        String free = name;
        for (int n = 2; Files.exists(in.resolve(free)); n++) {
            free = name + "." + n;
        }
        return free;
    }

    private static void close(Exchange exchange) throws IOException {
        if (exchange.removeProperty(READER) instanceof Closeable reader) {
            reader.close();
        }
    }

    private static RefusedException reason(Throwable caught) {
        for (Throwable t = caught; t != null; t = t.getCause()) {
            if (t instanceof RefusedException refusal) {
                return refusal;
            }
        }
        return new RefusedException("refused", null, "The file was refused without a reason.");
    }

    private static String report(Path file, RefusedException reason) {
        StringBuilder text = new StringBuilder("文件被退回 / The file is refused: ").append(file.getFileName()).append('\n');
        if (reason instanceof BadInput bad) {
            text.append(bad.count()).append(bad.count() == 1 ? " finding" : " findings");
            text.append(bad.findings().size() < bad.count() ? ", the first " + bad.findings().size() + ":\n" : ":\n");
            bad.findings().forEach(f -> text.append("- ").append(f).append('\n'));
        } else {
            text.append(reason.code()).append(reason.place() == null ? "" : " (" + reason.place() + ")").append(": ").append(reason.getMessage())
                    .append('\n');
        }
        return text.append("\n更正后再次放入收件文件夹。 / Correct it, and put it into the inbox again.\n").toString();
    }

    /** What tells that nobody has written to a file. */
    private record State(long size, long modified) {

        static State of(Path file) throws IOException {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            return new State(Files.size(file), Files.getLastModifiedTime(file).toMillis());
        }
    }
}
