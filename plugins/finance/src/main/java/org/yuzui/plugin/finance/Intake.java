package org.yuzui.plugin.finance;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.inbox.Inbox;
import org.yuzui.inbox.InboxFile;
import org.yuzui.plugin.finance.asset.AssetFile;
import org.yuzui.plugin.finance.asset.AssetRecords;
import org.yuzui.plugin.finance.budget.BudgetRows;
import org.yuzui.plugin.finance.file.BadFile;
import org.yuzui.plugin.finance.file.JsonRows;
import org.yuzui.plugin.finance.file.Rows;
import org.yuzui.plugin.finance.file.TextFile;
import org.yuzui.plugin.finance.file.XmlRows;
import org.yuzui.plugin.finance.ledger.Ledger;
import org.yuzui.plugin.finance.ledger.LedgerRecords;
import org.yuzui.plugin.finance.ledger.PublicFile;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Reads a file twice: first to see that all of it is in order, then to make its records, so that a file that isn't leaves
 * nothing behind. Where the file goes in the end stands in the header {@link #TARGET}.
 */
public final class Intake {

    /** Where the file belongs when the exchange is done, from the folder that it lies in: {@code .done/…} or {@code .refused/…}. */
    public static final String TARGET = "FinanceTarget";
    /** The contract of the chunk that is the body, or that a refused file was meant for. */
    public static final String CONTRACT = "FinanceContract";

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final FinanceSettings settings;
    private final Inbox inbox;

    public Intake(Settings settings) {
        this.settings = FinanceSettings.of(settings);
        this.inbox = new Inbox(Path.of(settings.text("inbox", "in/finance")));
    }

    /** Checks the file of the body from beginning to end; the body becomes its records, an iterator of {@link Chunk}. */
    public void check(Exchange exchange) throws IOException {
        InboxFile taken = InboxFile.take(exchange, "file", inbox, TARGET);
        Path file = taken.path();
        Message message = exchange.getMessage();
        message.setHeader(Headers.ARRIVED, file);
        message.setHeader(TARGET, Inbox.DONE + "/" + taken.inbox().free(Inbox.DONE, taken.name()));
        Iterator<Chunk> records;
        try (Rows rows = open(file)) {
            // The document is known when its first row is there; a second opening is cheaper than a row that has to go back.
            rows.next();
            message.setHeader(Headers.SOURCE_TYPE,
                    rows.document().equals(JsonRows.ROWS) ? "budget" : "GB/T 24589 " + rows.document());
            records = records(exchange, file, rows.document());
        }
        message.setBody(records);
    }

    private Iterator<Chunk> records(Exchange exchange, Path file, String document) throws IOException {
        Message message = exchange.getMessage();
        switch (document) {
            case "ledger" -> {
                message.setHeader(CONTRACT, Chunk.VOUCHER);
                Book book = book(file);
                Ledger ledger;
                try (Rows rows = open(file)) {
                    ledger = Ledger.check(rows, settings.expenses());
                }
                LOG.info("{}: a ledger of {} vouchers and {} balances is in order", file.getFileName(), ledger.vouchers(),
                        ledger.balances());
                return new LedgerRecords(book, ledger, reader(exchange, file));
            }
            case "public" -> {
                message.setHeader(CONTRACT, Chunk.BOOK);
                Book book = book(file);
                try (Rows rows = open(file)) {
                    return List.of(PublicFile.check(book, rows)).iterator();
                }
            }
            case "assets" -> {
                message.setHeader(CONTRACT, Chunk.ASSET);
                Book book = book(file);
                AssetFile assets;
                try (Rows rows = open(file)) {
                    assets = AssetFile.check(rows);
                }
                return AssetRecords.of(book, assets, settings.mapping(), reader(exchange, file));
            }
            default -> {
                message.setHeader(CONTRACT, Chunk.BUDGET);
                try (Rows rows = open(file)) {
                    BudgetRows.check(settings.agencies(), rows);
                }
                return BudgetRows.of(settings.agencies(), reader(exchange, file));
            }
        }
    }

    private Rows reader(Exchange exchange, Path file) throws IOException {
        return InboxFile.of(exchange).reading(open(file));
    }

    private Rows open(Path file) throws IOException {
        TextFile text = TextFile.open(file);
        try {
            return text.format() == TextFile.Format.XML ? new XmlRows(text, settings.mapping()) : new JsonRows(text, settings.mapping());
        } catch (IOException | RuntimeException e) {
            text.close();
            throw e;
        }
    }

    private Book book(Path file) {
        String name = file.getFileName().toString();
        String code = name.split("[_.]", 2)[0];
        Book book = settings.books().get(code);
        if (book == null) {
            throw new BadFile("unknown-book", 0, null, "The name of the file begins with no book of 'books' in "
                    + "config/plugins/finance.yaml. Name it <book>_….xml, or add the book.");
        }
        return book;
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
        if (exchange.getMessage().getHeader(CONTRACT) == null) {
            exchange.getMessage().setHeader(CONTRACT, Chunk.VOUCHER);
        }
        LOG.warn("{} is refused: {}", file.shown(), reason.code());
    }

    /** To be called when it can't be made durable now: the file stays and is read again. */
    public void later(Exchange exchange) throws Exception {
        InboxFile.later(exchange);
    }

    private static String report(Path file, RefusedException reason) {
        StringBuilder text = new StringBuilder("文件被退回 / The file is refused: ").append(file.getFileName()).append('\n')
                .append(reason.code()).append(reason.place() == null ? "" : " (" + reason.place() + ")").append(": ")
                .append(reason.getMessage()).append('\n');
        if (reason instanceof BadFile bad && bad.count() > 1) {
            text.append('\n').append(bad.count()).append(" findings");
            text.append(bad.findings().size() < bad.count() ? ", the first " + bad.findings().size() + ":\n" : ":\n");
            bad.findings().forEach(f -> text.append("- ").append(f).append('\n'));
        }
        return text.append("\n更正后重新导出，再次放入收件文件夹。 / Correct it, export again, and put it into the inbox again.\n").toString();
    }
}
