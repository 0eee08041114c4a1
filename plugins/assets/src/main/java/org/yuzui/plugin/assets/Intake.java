package org.yuzui.plugin.assets;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.inbox.Inbox;
import org.yuzui.inbox.InboxFile;
import org.yuzui.plugin.assets.input.BadInput;
import org.yuzui.plugin.assets.input.Findings;
import org.yuzui.plugin.assets.input.WorkbookRecords;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    private static final String ENTERED = "AssetsEntered";
    private static final Pattern DAY = Pattern.compile("(?<!\\d)(20\\d{2})-?(\\d{2})-?(\\d{2})(?!\\d)");

    private final AssetsSettings settings;
    private final Gate gate;
    private final Inbox inbox;

    public Intake(Settings settings, Gate gate) {
        this.settings = AssetsSettings.of(settings);
        this.gate = gate;
        this.inbox = new Inbox(this.settings.inbox());
    }

    /** Checks the file of the body from beginning to end; the body becomes its records, an iterator of {@link Chunk}. */
    public void check(Exchange exchange) throws IOException {
        InboxFile taken = InboxFile.take(exchange, "xlsx", inbox, TARGET);
        Path file = taken.path();
        Message message = exchange.getMessage();
        message.setHeader(Headers.ARRIVED, file);
        message.setHeader(TARGET, Inbox.DONE + "/" + inbox.free(Inbox.DONE, taken.name()));
        message.setHeader(CONTRACT, Chunk.ASSET);
        Findings findings = new Findings();
        List<Candidate> candidates = candidates(file, findings);
        findings.throwIfAny("file");
        exchange.setProperty(ENTERED, gate.enter(candidates));
        gate.check(candidates, findings);
        findings.throwIfAny("file");
        LOG.info("{}: {} rows are in order", taken.shown(), candidates.size());
        message.setBody(new FileRecords(taken.reading(open(file, new Findings()))));
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
        InboxFile.of(exchange).done();
    }

    /** Writes the report, and says where the file goes. */
    public void refuse(Exchange exchange) throws IOException {
        InboxFile file = InboxFile.of(exchange);
        RefusedException reason = InboxFile.refusal(exchange);
        byte[] report = report(file.path(), reason).getBytes(StandardCharsets.UTF_8);
        exchange.getMessage().setHeader(TARGET, file.refuse(report));
        LOG.warn("{} is refused: {}", file.shown(), reason.code());
    }

    /** To be called when it can't be made durable now: the file stays and is read again. */
    public void later(Exchange exchange) throws Exception {
        InboxFile.later(exchange);
    }

    /** To be called whatever became of it. */
    public void end(Exchange exchange) {
        if (exchange.removeProperty(ENTERED) instanceof Gate.Pass pass) {
            pass.close();
        }
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
}
