package org.yuzui.plugin.finance.asset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.finance.Book;
import org.yuzui.plugin.finance.Chunk;
import org.yuzui.plugin.finance.Chunks;
import org.yuzui.plugin.finance.file.Mapping;
import org.yuzui.plugin.finance.file.Row;
import org.yuzui.plugin.finance.file.Rows;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Iterator;

/** The records of a document of fixed assets that was checked, while it is read a second time. */
public final class AssetRecords implements Chunks.Source {

    private static final String DISPOSED = "disposed";

    private final Book book;
    private final AssetFile file;
    private final Mapping mapping;
    private final Rows rows;

    private AssetRecords(Book book, AssetFile file, Mapping mapping, Rows rows) {
        this.book = book;
        this.file = file;
        this.mapping = mapping;
        this.rows = rows;
    }

    public static Iterator<Chunk> of(Book book, AssetFile file, Mapping mapping, Rows rows) {
        return new Chunks(Chunk.ASSET, new AssetRecords(book, file, mapping, rows));
    }

    @Override
    public ObjectNode next() throws IOException {
        for (Row row = rows.next(); row != null; row = rows.next()) {
            if (row.table().equals("assetCard")) {
                return record(Card.of(row));
            }
        }
        return null;
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
