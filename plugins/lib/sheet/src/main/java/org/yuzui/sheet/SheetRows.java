package org.yuzui.sheet;

import org.yuzui.sheet.Cell.Kind;

import javax.xml.stream.XMLStreamConstants;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of a sheet, one after the other; nothing that was read is kept. Not thread-safe. */
public final class SheetRows implements Closeable {

    private static final LocalDate EPOCH_1900 = LocalDate.of(1899, 12, 30);
    private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);
    /** Before March 1900 the count of days is wrong by the 29 February that it has and 1900 had not. */
    private static final int FIRST_SERIAL = 61;
    private static final int LAST_SERIAL = 2_958_465;
    /** A spreadsheet calculates with fifteen digits; what lies behind them is noise of its binary numbers. */
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);
    private static final Pattern NAME = Pattern.compile("([A-Z]{1,3})([1-9]\\d{0,6})");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");

    private final PartReader part;
    private final SharedTexts shared;
    private final Formats formats;
    private final boolean from1904;
    private final Runnable counter;
    private final BitSet hidden = new BitSet();
    private final List<Area> merged = new ArrayList<>();
    private int row;

    SheetRows(PartReader part, SharedTexts shared, Formats formats, boolean from1904, Runnable counter) {
        this.part = part;
        this.shared = shared;
        this.formats = formats;
        this.from1904 = from1904;
        this.counter = counter;
    }

    /** @return the next row with something in it; null at the end */
    public SheetRow next() throws IOException {
        for (String element = part.start(); element != null; element = part.start()) {
            switch (element) {
                case "row" -> {
                    counter.run();
                    SheetRow next = row();
                    if (!next.cells().isEmpty()) {
                        return next;
                    }
                }
                case "col" -> {
                    if (part.flag("hidden")) {
                        hidden.set(Math.max(part.number("min", 1), 1) - 1, Math.max(1, Math.min(part.number("max", 1), Limits.COLUMNS)));
                    }
                }
                case "mergeCell" -> merge(part.attribute("ref"));
                default -> {
                }
            }
        }
        return null;
    }

    /** Whether the sheet hides a column, from 0. */
    public boolean isHidden(int column) {
        return hidden.get(column);
    }

    /** Cells that the sheet shows as one; known when the last row was read. */
    public List<Area> merged() {
        return List.copyOf(merged);
    }

    private void merge(String ref) {
        String[] ends = ref == null ? new String[] {""} : ref.split(":", 2);
        Matcher first = NAME.matcher(ends[0]);
        Matcher last = NAME.matcher(ends[ends.length - 1]);
        if (!first.matches() || !last.matches() || merged.size() == Limits.MERGED) {
            throw bad("Its merged cells can't be read.");
        }
        merged.add(new Area(Integer.parseInt(first.group(2)), column(first.group(1)), Integer.parseInt(last.group(2)), column(last.group(1))));
    }

    private SheetRow row() throws IOException {
        String r = part.attribute("r");
        int number = r == null ? row + 1 : whole(r, 1_048_576);
        if (number <= row) {
            throw bad("The rows are not in their order.");
        }
        row = number;
        boolean hiddenRow = part.flag("hidden");
        Map<Integer, Cell> cells = new HashMap<>();
        int column = -1;
        while (true) {
            switch (part.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (part.name().equals("c")) {
                        String at = part.attribute("r");
                        column = at == null ? column + 1 : columnOf(at);
                        if (column < 0 || column >= Limits.COLUMNS || cells.containsKey(column)) {
                            throw bad("A cell of row " + row + " stands nowhere, or twice.");
                        }
                        Cell cell = cell(SheetRow.letters(column) + row);
                        if (cell != null) {
                            cells.put(column, cell);
                        }
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (part.name().equals("row")) {
                        return new SheetRow(row, hiddenRow, cells);
                    }
                }
                case XMLStreamConstants.END_DOCUMENT -> {
                    return new SheetRow(row, hiddenRow, cells);
                }
                default -> {
                }
            }
        }
    }

    private Cell cell(String place) throws IOException {
        String type = part.attribute("t");
        String style = part.attribute("s");
        int format = style == null ? -1 : whole(style, Integer.MAX_VALUE);
        StringBuilder value = new StringBuilder();
        String inline = null;
        boolean formula = false;
        boolean whole = true;
        String within = "";
        while (true) {
            switch (part.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    within = part.name();
                    formula |= within.equals("f");
                    if (within.equals("is")) {
                        inline = SharedTexts.text(part, "is");
                        whole &= inline != null;
                        within = "";
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    within = "";
                    if (part.name().equals("c")) {
                        return !whole ? new Cell(place, Kind.TOO_LONG, "", null, null) : formula ? new Cell(place, Kind.FORMULA, value.toString(), null, null)
                                : cell(place, type == null ? "n" : type, inline == null ? value.toString() : inline, inline != null, format);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA ->
                    whole &= !within.equals("v") || part.text(value);
                case XMLStreamConstants.END_DOCUMENT -> {
                    return null;
                }
                default -> {
                }
            }
        }
    }

    private Cell cell(String place, String type, String value, boolean inline, int format) {
        String text = value;
        if (!inline && type.equals("s") && !value.isBlank()) {
            int index = whole(value.strip(), Integer.MAX_VALUE);
            if (index >= shared.size()) {
                throw bad("The cell " + place + " refers to a text that is not there.");
            }
            text = shared.get(index);
            if (text == null) {
                return new Cell(place, Kind.TOO_LONG, "", null, null);
            }
        }
        if (text.isBlank()) {
            return null;
        }
        return switch (inline ? "inlineStr" : type) {
            case "s", "inlineStr", "str" -> new Cell(place, Kind.TEXT, text, null, null);
            case "b" -> new Cell(place, Kind.BOOLEAN, text.equals("1") ? "TRUE" : "FALSE", null, null);
            case "e" -> new Cell(place, Kind.ERROR, text, null, null);
            case "d" -> isoDay(place, text);
            case "n" -> number(place, text.strip(), format);
            default -> throw bad("The cell " + place + " is of a kind that spreadsheets don't have.");
        };
    }

    private Cell number(String place, String text, int format) {
        if (!NUMBER.matcher(text).matches()) {
            throw bad("The cell " + place + " is a number that can't be read.");
        }
        BigDecimal number = new BigDecimal(text).round(DIGITS);
        if (number.signum() != 0 && number.precision() - number.scale() > 40 || number.scale() > 60) {
            return new Cell(place, Kind.ERROR, text, null, null); // 1E300 is no figure of anything, and long to write out
        }
        LocalDate date = null;
        if (number.compareTo(BigDecimal.valueOf(from1904 ? 0 : FIRST_SERIAL)) >= 0 && number.compareTo(BigDecimal.valueOf(LAST_SERIAL)) <= 0) {
            date = (from1904 ? EPOCH_1904 : EPOCH_1900).plusDays(number.longValue());
        }
        String plain = number.stripTrailingZeros().toPlainString();
        int zeros = number.signum() < 0 || plain.indexOf('.') >= 0 ? 0 : formats.digits(format) - plain.length();
        return new Cell(place, formats.isDay(format) && date != null ? Kind.DATE : Kind.NUMBER, zeros > 0 ? "0".repeat(zeros) + plain : plain,
                number, date);
    }

    private static Cell isoDay(String place, String text) {
        try {
            return new Cell(place, Kind.DATE, text, null, LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text));
        } catch (DateTimeException e) {
            return new Cell(place, Kind.TEXT, text, null, null);
        }
    }

    /** 2 of {@code C5} in row 5; -1 when it is none of this row. */
    private int columnOf(String place) {
        Matcher name = NAME.matcher(place);
        return name.matches() && Integer.parseInt(name.group(2)) == row ? column(name.group(1)) : -1;
    }

    private static int column(String letters) {
        int column = 0;
        for (int i = 0; i < letters.length(); i++) {
            column = column * 26 + letters.charAt(i) - 'A' + 1;
        }
        return column - 1;
    }

    private static int whole(String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw bad("It has a number that can't be read.");
    }

    private static BadWorkbook bad(String what) {
        return new BadWorkbook("bad-sheet", null, "工作表已损坏。/ A sheet is damaged. " + what + " Open the file with a spreadsheet program and save it anew.");
    }

    @Override
    public void close() throws IOException {
        part.close();
    }
}
