package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.assets.input.BadInput;
import org.yuzui.plugin.assets.input.Finding;
import org.yuzui.plugin.assets.input.Findings;
import org.yuzui.plugin.assets.input.Mapping;
import org.yuzui.plugin.assets.input.RecordMaker;
import org.yuzui.plugin.assets.input.Units;
import org.yuzui.plugin.assets.input.WorkbookRecords;
import org.yuzui.sheet.Limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the reader makes of a workbook's bytes. */
final class Given {

    static final Limits LIMITS = new Limits(64L << 20, 1L << 30, 200_000);
    private static final Mapping MAPPING = Mapping.load(null);
    static final RecordMaker MAKER = new RecordMaker(new Units(Map.of("锦江", "510104-F01", "自流井", "510302-F01")), MAPPING);

    private Given() {
    }

    static List<ObjectNode> records(byte[] workbook) {
        return records(workbook, LIMITS);
    }

    /** @throws BadInput or another refusal */
    static List<ObjectNode> records(byte[] workbook, Limits limits) {
        try {
            Path file = Files.createTempFile("yuzui-assets", ".xlsx");
            try {
                Files.write(file, workbook);
                Findings findings = new Findings();
                List<ObjectNode> records = new ArrayList<>();
                try (WorkbookRecords rows = WorkbookRecords.open(file, limits, MAKER, MAPPING, LocalDate.of(2026, 10, 31), findings)) {
                    for (WorkbookRecords.Row row = rows.next(); row != null; row = rows.next()) {
                        records.add(row.record());
                    }
                }
                findings.throwIfAny("file");
                return records;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code place code} of each. */
    static List<String> findings(byte[] workbook) {
        try {
            return List.of("taken: " + records(workbook));
        } catch (BadInput e) {
            return e.findings().stream().map((Finding f) -> f.place() + " " + f.code()).toList();
        }
    }
}
