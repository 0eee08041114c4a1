package org.yuzui.plugin.finance.asset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.finance.Book;
import org.yuzui.plugin.finance.Chunk;
import org.yuzui.plugin.finance.file.Mapping;
import org.yuzui.plugin.finance.file.Row;
import org.yuzui.plugin.finance.file.Rows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The records of a document of fixed assets that was checked, in chunks, while it is read a second time. */
public final class AssetRecords implements Iterator<Chunk> {

    private static final int RECORDS = 500;
    private static final String DISPOSED = "disposed";

    private final Book book;
    private final AssetFile file;
    private final Mapping mapping;
    private final Rows rows;
    private List<ObjectNode> next;

    public AssetRecords(Book book, AssetFile file, Mapping mapping, Rows rows) {
        this.book = book;
        this.file = file;
        this.mapping = mapping;
        this.rows = rows;
        this.next = read();
    }

    @Override
    public boolean hasNext() {
        return !next.isEmpty();
    }

    @Override
    public Chunk next() {
        if (next.isEmpty()) {
            throw new NoSuchElementException();
        }
        Chunk chunk = new Chunk(Chunk.ASSET, next);
        next = read();
        return chunk;
    }

    private List<ObjectNode> read() {
        try {
            List<ObjectNode> records = new ArrayList<>();
            for (Row row = null; records.size() < RECORDS && (row = rows.next()) != null; ) {
                if (row.table().equals("assetCard")) {
                    records.add(record(Card.of(row)));
                }
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode record(Card card) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", book.unit());
        record.put("asset", card.asset());
        record.put("book", book.code());
        record.put("name", card.name());
        record.put("category", card.category());
        put(record, "categoryName", file.category(card.category()));
        record.put("quantity", plain(card.quantity(), 0));
        record.put("originalValue", plain(card.value(), 2));
        put(record, "acquiredOn", card.acquired());
        String place = file.place(card.asset());
        put(record, "location", place == null ? card.place() : place);
        String use = file.use(card.use());
        String reduced = file.reduced(card.asset());
        record.put("state", reduced != null ? DISPOSED : mapping.state(use));
        put(record, "use", use);
        if (reduced != null) {
            record.put("disposedOn", reduced);
        }
        return record;
    }

    private static void put(ObjectNode record, String field, String text) {
        if (!text.isEmpty()) {
            record.put(field, text);
        }
    }

    /** The same number is the same text, however the file writes it. */
    private static BigDecimal plain(BigDecimal number, int scale) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() < scale ? plain.setScale(scale) : plain;
    }
}
