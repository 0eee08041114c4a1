package org.yuzui.plugin.finance.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.finance.Book;
import org.yuzui.plugin.finance.Chunk;
import org.yuzui.plugin.finance.file.BadFile;
import org.yuzui.plugin.finance.file.Findings;
import org.yuzui.plugin.finance.file.Row;
import org.yuzui.plugin.finance.file.Rows;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The public document of a book (公共档案): whose it is, and its accounting periods. Its list of persons is not read. */
public final class PublicFile {

    private PublicFile() {
    }

    /** @throws BadFile when it names no book, or its periods don't follow one another */
    public static Chunk check(Book book, Rows rows) throws IOException {
        Row head = null;
        Map<Period, Row> periods = new TreeMap<>();
        for (Row row = rows.next(); row != null; row = rows.next()) {
            if (row.table().equals("book")) {
                if (head != null) {
                    throw row.bad("book-twice", null, "The document has two books. Send one file for each.");
                }
                head = row;
            } else if (row.table().equals("period")) {
                if (periods.put(Balance.period(row), row) != null) {
                    throw row.bad("period-twice", "period", "The period stands in the document twice.");
                }
                if (periods.size() > 3_000) {
                    throw row.bad("too-many-periods", null, "The document has more than 3000 periods.");
                }
            }
        }
        if (head == null) {
            throw new BadFile("no-book", 0, "电子账簿", "The document names no book. Export it with 电子账簿.");
        }
        Findings findings = new Findings();
        checkSequence(periods, findings);
        findings.throwIfAny();
        return new Chunk(Chunk.BOOK, List.of(record(book, head, periods)));
    }

    private static void checkSequence(Map<Period, Row> periods, Findings findings) {
        Period before = null;
        for (Map.Entry<Period, Row> e : periods.entrySet()) {
            Row row = e.getValue();
            LocalDate begin = row.date("begin");
            LocalDate end = row.date("end");
            if (end.isBefore(begin)) {
                findings.add("period-reversed", row.line(), row.name(), "The period " + e.getKey() + " ends before it begins.");
            }
            if (before != null && !before.isFollowedBy(e.getKey())) {
                findings.add("period-gap", row.line(), row.name(), "After the period " + before + " comes " + e.getKey() + ".");
            } else if (before != null && e.getKey().number() <= Period.LAST_MONTH
                    && !periods.get(before).date("end").plusDays(1).equals(begin)) {
                findings.add("period-gap", row.line(), row.name(), "The period " + e.getKey() + " does not begin on the day after "
                        + before + " ends.");
            }
            before = e.getKey();
        }
    }

    private static ObjectNode record(Book book, Row head, Map<Period, Row> periods) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", book.unit());
        record.put("book", book.code());
        record.put("year", head.number("year", 1980, 2199));
        record.put("number", head.limited("number", 60));
        for (String field : new String[] {"name", "organisation", "organisationCode", "currency", "standard"}) {
            if (!head.limited(field, 200).isEmpty()) {
                record.put(field, head.text(field));
            }
        }
        ArrayNode list = record.putArray("periods");
        periods.forEach((period, row) -> list.addObject().put("year", period.year()).put("period", period.number())
                .put("begin", row.date("begin").toString()).put("end", row.date("end").toString()));
        return record;
    }
}
