package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.assets.input.WorkbookRecords;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The records of a file that is in order, in lists; read while they are published. Whoever gave the rows closes them. */
final class FileRecords implements Iterator<Chunk> {

    private static final int MOST = 200;

    private final WorkbookRecords rows;
    private WorkbookRecords.Row ahead;

    FileRecords(WorkbookRecords rows) throws IOException {
        this.rows = rows;
        this.ahead = rows.next();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public Chunk next() {
        if (ahead == null) {
            throw new NoSuchElementException();
        }
        boolean card = ahead.card();
        List<ObjectNode> records = new ArrayList<>();
        try {
            while (ahead != null && ahead.card() == card && records.size() < MOST) {
                records.add(ahead.record());
                ahead = rows.next();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Chunk(card ? Chunk.ASSET : Chunk.MOVEMENT, records);
    }
}
