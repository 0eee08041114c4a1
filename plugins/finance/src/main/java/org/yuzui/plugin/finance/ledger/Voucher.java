package org.yuzui.plugin.finance.ledger;

import org.yuzui.plugin.finance.file.Row;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A voucher as its lines tell; the head stands in each of them and is taken from the first. */
final class Voucher {

    /** More would be a record that nobody opens. */
    private static final int MOST_LINES = 5_000;

    final Period period;
    final String type;
    final String number;
    final LocalDate date;
    final Row head;
    final boolean annulled;
    final boolean posted;
    final List<Line> lines = new ArrayList<>();
    BigDecimal debit = BigDecimal.ZERO;
    BigDecimal credit = BigDecimal.ZERO;

    Voucher(Row head) {
        this.head = head;
        this.period = Balance.period(head);
        this.type = head.limited("type", 60);
        this.number = head.required("number");
        head.limited("number", 60);
        this.date = head.date("date");
        this.annulled = head.flag("void");
        this.posted = head.text("posted").isEmpty() || head.flag("posted");
        for (String person : new String[] {"preparedBy", "reviewedBy", "postedBy"}) {
            head.limited(person, 200);
        }
        if (!head.text("attachments").isEmpty()) {
            head.number("attachments", 0, 999_999_999);
        }
    }

    /** Whether a row is a further line of it. */
    boolean owns(Row row) {
        return row.text("number").equals(number) && row.text("type").equals(type) && Balance.period(row).equals(period);
    }

    void take(Row row) {
        for (String field : new String[] {"date", "posted", "void"}) {
            if (!row.text(field).equals(head.text(field))) {
                throw row.bad("head-differs", field, "Date, posted mark and void mark of the voucher " + this
                        + " are not those of its first line.");
            }
        }
        Line line = new Line(row.limited("line", 20), row.limited("summary", 1000), row.required("account"),
                row.limited("currency", 20), row.amount("debit"), row.amount("credit"));
        row.limited("account", 60);
        if (lines.size() >= MOST_LINES) {
            throw row.bad("too-many-lines", null, "The voucher " + this + " has more than " + MOST_LINES + " lines.");
        }
        lines.add(line);
        debit = debit.add(line.debit);
        credit = credit.add(line.credit);
    }

    boolean isBalanced() {
        return debit.compareTo(credit) == 0;
    }

    String key() {
        return period + "|" + type + "|" + number;
    }

    @Override
    public String toString() {
        return (type.isEmpty() ? "" : type + "-") + number + " of " + period;
    }

    record Line(String number, String summary, String account, String currency, BigDecimal debit, BigDecimal credit) {
    }
}
