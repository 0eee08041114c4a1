package org.yuzui.plugin.assets.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.sheet.Cell;
import org.yuzui.sheet.Limits;
import org.yuzui.sheet.SheetRow;
import org.yuzui.sheet.SheetRows;
import org.yuzui.sheet.Workbook;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records of a workbook, one after the other; what is wrong is told to the findings. Not thread-safe. */
public final class WorkbookRecords implements Closeable {

    /** A title and the like may stand above the line of names. */
    private static final int HEADER_WITHIN = 20;
    private static final Map<String, Set<String>> REQUIRED = Map.of(
            "card", Set.of("unit", "asset", "name", "category", "quantity", "unitOfMeasure", "originalValue", "acquiredOn", "state"),
            "reallocation", Set.of("unit", "number", "asset", "day", "toUnit", "approval"),
            "loan", Set.of("unit", "number", "asset", "day", "dueOn"),
            "return", Set.of("unit", "number", "asset", "day"),
            "disposal", Set.of("unit", "number", "asset", "day", "method", "approval"));

    private final Workbook workbook;
    private final RecordMaker maker;
    private final Mapping mapping;
    private final LocalDate day;
    private final Findings findings;
    private int sheet = -1;
    private String kind;
    private SheetRows rows;
    private CellFields.Header header;
    private boolean any;

    private WorkbookRecords(Workbook workbook, RecordMaker maker, Mapping mapping, LocalDate day, Findings findings) {
        this.workbook = workbook;
        this.maker = maker;
        this.mapping = mapping;
        this.day = day;
        this.findings = findings;
    }

    /** @param day of the cards that have none of their own; null when the file's name says none */
    public static WorkbookRecords open(Path file, Limits limits, RecordMaker maker, Mapping mapping, LocalDate day, Findings findings)
            throws IOException {
        return new WorkbookRecords(Workbook.open(file, limits), maker, mapping, day, findings);
    }

    /**
     * A record and where it came from.
     *
     * @param card  or a movement
     * @param place of its row: {@code 处置!5}
     */
    public record Row(boolean card, String place, ObjectNode record) {
    }

    /** @return the next record that is in order; null at the end */
    public Row next() throws IOException {
        while (true) {
            SheetRow row = rows == null ? null : rows.next();
            if (row == null) {
                if (!nextSheet()) {
                    return null;
                }
                continue;
            }
            CellFields fields = new CellFields(header, row, findings);
            if (header.columns().values().stream().noneMatch(c -> row.cells().containsKey(c))) {
                continue; // a remark beside the table
            }
            any = true;
            ObjectNode record = kind.equals("card") ? maker.card(fields, day) : maker.movement(fields, kind);
            if (record != null) {
                return new Row(kind.equals("card"), fields.place(""), record);
            }
        }
    }

    private boolean nextSheet() throws IOException {
        while (true) {
            closeRows();
            if (++sheet >= workbook.sheets().size()) {
                if (!any && findings.isEmpty()) {
                    findings.add("no-records", null, null, null, "The file has no sheet with rows. Its sheets are called " + mapping.sheets() + ".");
                }
                return false;
            }
            String name = workbook.sheets().get(sheet);
            if (mapping.ignores(name)) {
                continue;
            }
            kind = mapping.kind(name);
            rows = workbook.rows(sheet);
            if (kind == null) {
                SheetRow row = rows.next();
                if (row != null) {
                    findings.add("unknown-sheet", name, null, null, "The sheet has rows and is none of " + mapping.sheets()
                            + ". Rename it, remove it, or name it in the mapping.");
                }
            } else if (readHeader(name)) {
                return true;
            }
        }
    }

    /** @return whether rows can follow */
    private boolean readHeader(String name) throws IOException {
        List<String> assets = mapping.columns(kind).getOrDefault("asset", List.of());
        boolean empty = true;
        for (int i = 0; i < HEADER_WITHIN; i++) {
            SheetRow row = rows.next();
            if (row == null) {
                break;
            }
            empty = false;
            if (row.cells().values().stream().anyMatch(c -> assets.contains(title(c)))) {
                return readHeader(name, row);
            }
        }
        if (!empty) {
            findings.add("no-header", name, null, null, "None of the first " + HEADER_WITHIN + " rows has a column " + assets
                    + ". Put the names of the columns above the rows.");
        }
        return false;
    }

    private boolean readHeader(String name, SheetRow row) {
        Map<String, Integer> byName = new HashMap<>();
        Set<String> twice = new HashSet<>();
        row.cells().forEach((column, cell) -> {
            if (byName.putIfAbsent(title(cell), column) != null) {
                twice.add(title(cell));
            }
        });
        Map<String, Integer> columns = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        List<String> missing = new ArrayList<>();
        mapping.columns(kind).forEach((field, candidates) -> {
            String found = candidates.stream().filter(byName::containsKey).findFirst().orElse(null);
            if (found != null) {
                columns.put(field, byName.get(found));
                names.put(field, found);
                if (twice.contains(found)) {
                    findings.add("column-twice", name + "!" + row.number(), found, null, "Two columns have this name. Rename or remove one.");
                }
            } else {
                names.put(field, candidates.isEmpty() ? field : candidates.get(0));
                if (REQUIRED.get(kind).contains(field)) {
                    missing.add(names.get(field));
                }
            }
        });
        for (String column : missing.stream().sorted().toList()) {
            findings.add("missing-column", name + "!" + row.number(), column, null, "The column is missing. Add it, or name yours in the mapping.");
        }
        header = new CellFields.Header(name, columns, names);
        return missing.isEmpty();
    }

    private static String title(Cell cell) {
        return cell.kind() == Cell.Kind.TEXT ? cell.text().replaceAll("[\\s*＊]", "").replaceAll("[（(]元[)）]$", "") : "";
    }

    private void closeRows() throws IOException {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeRows();
        workbook.close();
    }
}
