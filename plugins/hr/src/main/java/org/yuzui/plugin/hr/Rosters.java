package org.yuzui.plugin.hr;

import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.inbox.Inbox;
import org.yuzui.inbox.InboxFile;
import org.yuzui.plugin.hr.roster.BadRoster;
import org.yuzui.plugin.hr.roster.Roster;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.plugin.hr.sheet.Sheet;
import org.yuzui.plugin.hr.sheet.SheetFile;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a file whole, and says in the end where it goes: the header {@link #TARGET}. */
public final class Rosters {

    /** Where the file is moved when the exchange is done, an absolute path. */
    public static final String TARGET = "HrTarget";

    private static final Logger LOG = LoggerFactory.getLogger(Rosters.class);
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9-]+)[_.](\\d{4}-\\d{2}-\\d{2})(?:[_.-].*)?");

    private final HrSettings settings;
    private final Folders folders;
    private final Clock clock;

    public Rosters(Settings settings) {
        this(HrSettings.of(settings), Clock.systemUTC());
    }

    Rosters(HrSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.folders = new Folders(settings.inbox());
        try {
            folders.prepare();
        } catch (IOException e) {
            throw new UncheckedIOException("The folders under " + settings.inbox() + " can't be made: " + e.getMessage(), e);
        }
    }

    /** Reads the file of the body, checks all of it, and keeps it for the acceptance. */
    public void read(Exchange exchange) throws IOException {
        InboxFile taken = InboxFile.take(exchange, "roster", new Inbox(settings.inbox()), TARGET);
        Path file = taken.path();
        String name = taken.name();
        exchange.getMessage().setHeader(Acceptance.CONTRACT, Chunk.ROSTER);
        Matcher parts = NAME.matcher(name);
        HrSettings.Book book = parts.matches() ? settings.books().get(parts.group(1)) : null;
        if (book == null && !settings.books().containsKey(name.split("[_.]", 2)[0])) {
            throw new RefusedException("unknown-roster", null, "文件名不以任何名册代码开头。/ The name of the file begins with no roster of 'rosters' "
                    + "in config/plugins/hr.yaml. Name it <roster>_2026-11-30.xlsx, or add the roster.");
        }
        LocalDate day = day(parts.matches() ? parts.group(2) : "");
        try (Sheet sheet = SheetFile.open(file, book.sheet())) {
            Roster roster = RosterSheet.read(sheet, settings.terms(book.creditCode()), book.unit(), day);
            boolean confirmed = file.toAbsolutePath().normalize().getParent().endsWith(Folders.CONFIRMED);
            Taking taking = new Taking(roster, name, confirmed, null, false);
            taking.confirmedBy = confirmed ? Folders.confirmedBy(name) : null;
            exchange.setProperty(Taking.PROPERTY, taking);
        }
    }

    private LocalDate day(String text) {
        LocalDate day;
        try {
            day = LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new RefusedException("bad-name", null, "文件名中没有名册日期。/ The name of the file doesn't say of which day the roster is. "
                    + "Name it <roster>_2026-11-30.xlsx.");
        }
        if (day.isAfter(LocalDate.now(clock.withZone(settings.zone()))) || day.getYear() < 2000) {
            throw new RefusedException("bad-day", text, "名册日期尚未到来，或年份有误。/ The roster's day has not come yet, or its year is wrong. "
                    + "Correct the name of the file.");
        }
        return day;
    }

    /** To be called when all is durable: whoever writes into a file that was read already gets it read again. */
    public void done(Exchange exchange) throws IOException {
        InboxFile.of(exchange).done();
        Path file = InboxFile.of(exchange).path();
        Taking taking = exchange.getProperty(Taking.PROPERTY, Taking.class);
        boolean held = taking.verdict == Taking.Verdict.HOLD || taking.verdict == Taking.Verdict.STAYS_HELD;
        folders.prepare();
        folders.seal(file, clock.instant());
        exchange.getMessage().setHeader(TARGET, (held ? folders.of(Folders.HELD).resolve(heldName(taking))
                : folders.free(Folders.DONE, file.getFileName().toString())).toString());
    }

    /** The same roster again lies there once. */
    private static String heldName(Taking taking) {
        Matcher parts = NAME.matcher(taking.file);
        String ending = taking.file.toLowerCase(java.util.Locale.ROOT).endsWith(".xlsx") ? ".xlsx" : ".csv";
        return (parts.matches() ? parts.group(1) : "roster") + "_" + taking.roster.id() + ending;
    }

    /**
     * Writes the report, and says where the file goes. The hub keeps the file, so that it can be mended there, or the report, as the settings
     * say; of one that is accepted it keeps none.
     */
    public void refuse(Exchange exchange) throws IOException {
        RefusedException reason = InboxFile.refusal(exchange);
        InboxFile taken = InboxFile.of(exchange);
        Path file = taken.path();
        byte[] report = report(file, reason).getBytes(StandardCharsets.UTF_8);
        exchange.getMessage().setHeader(Headers.ARRIVED, settings.keepMendable() ? file : report);
        LOG.warn("{} is refused: {}", file.getFileName(), reason.code());
        if (taken.isAgain()) {
            return;
        }
        folders.prepare();
        Path target = folders.free(Folders.REFUSED, file.getFileName().toString());
        folders.write(target.resolveSibling(target.getFileName() + ".report.txt"), report);
        folders.seal(file, clock.instant());
        exchange.getMessage().setHeader(TARGET, target.toString());
    }

    /** To be called when it can't be made durable now: the file stays and is read again. */
    public void later(Exchange exchange) throws Exception {
        InboxFile.later(exchange);
    }

    private static String report(Path file, RefusedException reason) {
        StringBuilder text = new StringBuilder("名册被退回，整份未采用 / The roster is refused, all of it: ").append(file.getFileName()).append("\n\n");
        if (reason instanceof BadRoster bad) {
            text.append(findings(bad));
        } else {
            text.append(reason.place() == null ? "" : reason.place() + ": ").append(reason.code()).append(": ").append(reason.getMessage()).append('\n');
        }
        return text.append("\n更正后再次放入收件文件夹。/ Correct it, and put it into the inbox again.\n").toString();
    }

    /** One line each. */
    static String findings(BadRoster bad) {
        StringBuilder text = new StringBuilder().append(bad.count()).append(" 处 / findings")
                .append(bad.findings().size() < bad.count() ? ", the first " + bad.findings().size() + ":\n" : ":\n");
        bad.findings().forEach(f -> text.append("- ").append(f).append('\n'));
        return text.toString();
    }
}
