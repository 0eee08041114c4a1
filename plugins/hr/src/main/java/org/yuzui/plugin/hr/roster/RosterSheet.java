package org.yuzui.plugin.hr.roster;

import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.sheet.Cell;
import org.yuzui.plugin.hr.sheet.Sheet;
import org.yuzui.sheet.Area;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The roster in a table: headings somewhere in the first rows, people under them. */
public final class RosterSheet {

    private static final int HEADINGS_WITHIN = 20;
    private static final int MOST_TOLD = 50;

    private final Sheet sheet;
    private final Findings findings = new Findings();
    private final Map<Field, Integer> columns = new EnumMap<>(Field.class);
    private final Map<Field, String> names = new EnumMap<>(Field.class);
    private final List<String> passedOver = new ArrayList<>();
    private int headingRow;

    private RosterSheet(Sheet sheet) {
        this.sheet = sheet;
    }

    /** What all people of one roster have in common. */
    public record Terms(Headings headings, CodeTables codes, String creditCode, Function<String, Optional<String>> pseudonyms) {
    }

    /**
     * Reads the table to its end.
     *
     * @throws BadRoster naming every cell that is wrong
     */
    public static Roster read(Sheet sheet, Terms terms, String unit, LocalDate day) throws IOException {
        return new RosterSheet(sheet).read(terms, unit, day);
    }

    private Roster read(Terms terms, String unit, LocalDate day) throws IOException {
        findHeadings(terms.headings());
        RosterReader reader = new RosterReader(terms.codes(), day, terms.creditCode(), terms.pseudonyms(), findings);
        int rows = 0;
        int last = headingRow;
        for (Sheet.Line line = sheet.next(); line != null; line = sheet.next()) {
            List<RosterReader.Read> row = new ArrayList<>(columns.size());
            boolean empty = true;
            for (Map.Entry<Field, Integer> column : columns.entrySet()) {
                Cell cell = line.cell(column.getValue());
                empty &= cell.isEmpty();
                row.add(new RosterReader.Read(column.getKey(), names.get(column.getKey()), Sheet.name(column.getValue(), line.number()), cell));
            }
            if (empty) {
                continue; // a remark beside the columns
            }
            last = line.number();
            if (line.hidden()) {
                findings.add(new Finding(Fault.HIDDEN_ROW, "row " + line.number(), null, null));
                continue;
            }
            rows++;
            reader.read(row, "row " + line.number(), false);
        }
        reader.end();
        checkMerged(last);
        if (rows == 0) {
            findings.add(new Finding(Fault.NO_ROWS, null, null, null));
        }
        findings.refuse();
        return new Roster(unit, Roster.FILE, day + "-" + Roster.mark(reader.people()), day, true, reader.people(), rows, List.copyOf(passedOver));
    }

    private void findHeadings(Headings headings) throws IOException {
        for (int i = 0; i < HEADINGS_WITHIN; i++) {
            Sheet.Line line = sheet.next();
            if (line == null) {
                break;
            }
            columns.clear();
            names.clear();
            passedOver.clear();
            List<Finding> twice = new ArrayList<>();
            for (int column = 0; column < line.cells().length; column++) {
                heading(headings, line, column, twice);
            }
            if (columns.containsKey(Field.PERSON) && columns.containsKey(Field.NAME) && columns.containsKey(Field.CATEGORY)) {
                twice.forEach(findings::add);
                headingRow = line.number();
                columns.forEach((field, column) -> {
                    if (sheet.isHidden(column)) {
                        findings.add(new Finding(Fault.HIDDEN_COLUMN, Sheet.name(column, headingRow), names.get(field), null));
                    }
                });
                return;
            }
        }
        throw new BadRoster(Fault.NO_HEADINGS, null, null);
    }

    private void heading(Headings headings, Sheet.Line line, int column, List<Finding> twice) {
        String text = line.cell(column).text();
        if (text.isEmpty()) {
            return;
        }
        Field field = headings.field(text);
        if (field == null) {
            if (passedOver.size() < MOST_TOLD) {
                passedOver.add(text.length() > 60 ? text.substring(0, 60) : text);
            }
        } else if (columns.putIfAbsent(field, column) == null) {
            names.put(field, text);
        } else {
            twice.add(new Finding(Fault.HEADING_TWICE, Sheet.name(column, line.number()), text, null));
        }
    }

    /** Titles over the headings are merged as a rule; among the people that hides whose a cell is. */
    private void checkMerged(int last) {
        for (Area area : sheet.merged()) {
            boolean among = area.lastRow() >= headingRow && area.firstRow() <= last && columns.values().stream()
                    .anyMatch(c -> c >= area.firstColumn() && c <= area.lastColumn());
            if (among) {
                findings.add(new Finding(Fault.MERGED, area.toString(), null, null));
            }
        }
    }
}
