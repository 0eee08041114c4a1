package org.yuzui.plugin.finance;

import org.yuzui.plugin.finance.file.JsonRows;
import org.yuzui.plugin.finance.file.Mapping;
import org.yuzui.plugin.finance.file.Rows;
import org.yuzui.plugin.finance.file.TextFile;
import org.yuzui.plugin.finance.file.XmlRows;
import org.yuzui.plugin.finance.ledger.ExpenseRules;
import org.yuzui.plugin.finance.ledger.Ledger;
import org.yuzui.plugin.finance.ledger.LedgerRecords;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The plugin's own ledger and how it is read. Its figures: from 100000.00 in the bank (1002) 3808.98 are paid for electricity and
 * 5142.02 for a printer, so debit and credit of level 1 are 8951.00 each, and the bank closes with 91049.00.
 */
public final class Files24589 {

    public static final Mapping MAPPING = Mapping.load(null);
    public static final ExpenseRules RULES = ExpenseRules.load(null, List.of("5"), List.of("3301"), Map.of());

    private Files24589() {
    }

    public static String ledger() {
        try {
            return Files.readString(Path.of("examples/ledger/given.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Rows open(InputStream in) throws IOException {
        TextFile file = TextFile.open(in);
        return file.format() == TextFile.Format.XML ? new XmlRows(file, MAPPING) : new JsonRows(file, MAPPING);
    }

    public static Ledger check(byte[] bytes) throws IOException {
        try (Rows rows = open(new ByteArrayInputStream(bytes))) {
            return Ledger.check(rows, RULES);
        }
    }

    public static Ledger check(String text) throws IOException {
        return check(text.getBytes(StandardCharsets.UTF_8));
    }

    public static List<Chunk> records(byte[] bytes) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        try (Rows rows = open(new ByteArrayInputStream(bytes))) {
            new LedgerRecords(new Book("001", "510104-F01"), check(bytes), rows).forEachRemaining(chunks::add);
        }
        return chunks;
    }
}
