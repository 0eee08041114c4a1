package org.yuzui.plugin.finance;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Records of one contract in chunks, while they are read; one chunk is read ahead. */
public final class Chunks implements Iterator<Chunk> {

    private static final int RECORDS = 500;

    /** Where they come from. */
    public interface Source {

        /** @return null at the end */
        ObjectNode next() throws IOException;
    }

    private final String contract;
    private final Source source;
    private List<ObjectNode> next;

    public Chunks(String contract, Source source) {
        this.contract = contract;
        this.source = source;
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
        Chunk chunk = new Chunk(contract, next);
        next = read();
        return chunk;
    }

    private List<ObjectNode> read() {
        try {
            List<ObjectNode> records = new ArrayList<>();
            for (ObjectNode record = null; records.size() < RECORDS && (record = source.next()) != null; ) {
                records.add(record);
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
