package org.yuzui.plugin.finance.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.finance.Book;
import org.yuzui.plugin.finance.Chunk;
import org.yuzui.plugin.finance.file.Row;
import org.yuzui.plugin.finance.file.Rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The records of a ledger that was checked, in chunks, while it is read a second time: first the expenses, a handful, so that
 * a unit that the hub doesn't know is refused by them, then balances and vouchers in the order of the file.
 */
public final class LedgerRecords implements Iterator<Chunk> {

    private static final int RECORDS = 500;
    private static final int LINES = 2_500;

    private final Book book;
    private final Ledger ledger;
    private final Rows rows;
    private final List<ObjectNode> balances = new ArrayList<>();
    private final List<ObjectNode> vouchers = new ArrayList<>();
    private final Map<String, String> categories = new HashMap<>();
    private int lines;
    private Voucher current;
    private Chunk next;
    private boolean over;

    public LedgerRecords(Book book, Ledger ledger, Rows rows) {
        this.book = book;
        this.ledger = ledger;
        this.rows = rows;
        List<ObjectNode> expenses = new ArrayList<>();
        ledger.expenses().forEach((period, categories) -> expenses.add(expense(period, categories)));
        next = expenses.isEmpty() ? read() : new Chunk(Chunk.EXPENSE, expenses);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Chunk next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        Chunk chunk = next;
        next = read();
        return chunk;
    }

    private Chunk read() {
        try {
            while (!over) {
                Row row = rows.next();
                if (row == null) {
                    over = true;
                    endVoucher();
                } else if (row.table().equals("balance")) {
                    balances.add(balance(Balance.of(row)));
                } else if (row.table().equals("voucher")) {
                    voucherLine(row);
                }
                if (balances.size() >= RECORDS) {
                    return give(Chunk.BALANCE, balances);
                }
                if (vouchers.size() >= RECORDS || lines >= LINES) {
                    return give(Chunk.VOUCHER, vouchers);
                }
            }
            return !balances.isEmpty() ? give(Chunk.BALANCE, balances) : vouchers.isEmpty() ? null : give(Chunk.VOUCHER, vouchers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Chunk give(String contract, List<ObjectNode> records) {
        Chunk chunk = new Chunk(contract, List.copyOf(records));
        records.clear();
        lines = records == vouchers ? 0 : lines;
        return chunk;
    }

    private void voucherLine(Row row) {
        if (current == null || !current.owns(row)) {
            endVoucher();
            current = new Voucher(row);
        }
        current.take(row);
    }

    private void endVoucher() {
        if (current != null) {
            vouchers.add(voucher(current));
            lines += current.lines.size();
            current = null;
        }
    }

    private ObjectNode record(Period period) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", book.unit());
        record.put("book", book.code());
        record.put("year", period.year());
        record.put("period", period.number());
        return record;
    }

    private ObjectNode expense(Period period, Map<String, BigDecimal> categories) {
        ObjectNode record = record(period);
        record.put("month", period.month().toString());
        record.put("day", period.lastDay().toString());
        ArrayNode list = record.putArray("categories");
        BigDecimal total = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> category : categories.entrySet()) {
            ObjectNode item = list.addObject();
            item.put("code", category.getKey());
            String title = ledger.rules().titles().get(category.getKey());
            if (title != null) {
                item.put("name", title);
            }
            item.put("amount", money(category.getValue()));
            total = total.add(category.getValue());
        }
        record.put("total", money(total));
        return record;
    }

    private ObjectNode balance(Balance b) {
        ObjectNode record = record(b.period());
        record.put("day", b.period().lastDay().toString());
        Account account = ledger.chart().account(b.account());
        record.put("account", account.code());
        record.put("name", account.name());
        record.put("level", account.level());
        record.put("currency", b.currency().isEmpty() ? Balance.NONE : b.currency());
        record.put("auxiliary", b.auxiliary());
        record.put("opening", money(b.opening()));
        record.put("debit", money(b.debit()));
        record.put("credit", money(b.credit()));
        record.put("closing", money(b.closing()));
        return record;
    }

    private ObjectNode voucher(Voucher v) {
        ObjectNode record = record(v.period);
        record.put("type", v.type.isEmpty() ? Balance.NONE : v.type);
        record.put("number", v.number);
        record.put("date", v.date.toString());
        record.put("posted", v.posted);
        record.put("void", v.annulled);
        if (!v.head.text("attachments").isEmpty()) {
            record.put("attachments", Integer.parseInt(v.head.text("attachments")));
        }
        for (String person : new String[] {"preparedBy", "reviewedBy", "postedBy"}) {
            if (!v.head.text(person).isEmpty()) {
                record.put(person, v.head.text(person));
            }
        }
        record.put("debit", money(v.debit));
        record.put("credit", money(v.credit));
        ArrayNode list = record.putArray("lines");
        boolean expense = v.lines.stream().noneMatch(l -> ledger.rules().isCarryOver(l.account()));
        for (Voucher.Line l : v.lines) {
            ObjectNode line = list.addObject();
            line.put("line", l.number());
            line.put("summary", l.summary());
            line.put("account", l.account());
            Account account = ledger.chart().account(l.account());
            line.put("name", account.name());
            if (expense && ledger.rules().isExpense(l.account())) {
                String category = categories.computeIfAbsent(l.account(), a -> ledger.rules().category(account, ledger.chart()));
                line.put("category", category);
                String item = ledger.rules().item(category, account, ledger.chart(), l.summary());
                if (item != null) {
                    line.put("item", item);
                }
            }
            line.put("debit", money(l.debit()));
            line.put("credit", money(l.credit()));
        }
        return record;
    }

    /** The same amount is the same text, however the file writes it. */
    private static BigDecimal money(BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        return plain.scale() < 2 ? plain.setScale(2) : plain;
    }
}
