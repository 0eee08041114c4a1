package org.yuzui.plugin.hr.sheet;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One sheet of a workbook by ECMA-376 (transitional or strict): StAX over the parts of the zip. Macros and links are passed over. */
final class XlsxSheet implements Sheet {

    private static final String BOOK = "xl/workbook.xml";
    private static final String LINKS = "xl/_rels/workbook.xml.rels";
    private static final int MOST_ROWS = 1_048_576;
    private static final int MOST_AREAS = 10_000;
    private static final int MOST_SHEETS = 1_000;
    private static final Pattern NAME = Pattern.compile("([A-Z]{1,3})([1-9]\\d{0,6})");
    /** Excel's day 60 is a 29 February 1900 that never was. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
    private static final LocalDate DAY_ZERO_OF_1904 = LocalDate.of(1904, 1, 1);
    private static final int LAST_DAY = 2_958_465;

    private final Workbook workbook;
    private final Styles styles;
    private final SharedTexts texts;
    private final boolean since1904;
    private final String part;
    private final Xml xml;
    private final BitSet hidden = new BitSet();
    private final List<Area> merged = new ArrayList<>();
    private int row;
    private boolean over;

    private XlsxSheet(Workbook workbook, Contents contents, String sheet) throws IOException {
        this.workbook = workbook;
        this.since1904 = contents.since1904;
        this.part = contents.part(sheet);
        this.styles = Styles.read(workbook);
        this.texts = SharedTexts.read(workbook);
        this.xml = new Xml(workbook.part(part), part);
    }

    static XlsxSheet open(Path file, String sheet) throws IOException {
        Workbook workbook = Workbook.open(file);
        try {
            return new XlsxSheet(workbook, Contents.read(workbook), sheet);
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw e;
        }
    }

    @Override
    public Line next() {
        while (!over) {
            Xml.Event event = xml.next();
            if (event == null) {
                over = true;
            } else if (event == Xml.Event.START) {
                switch (xml.name()) {
                    case "col" -> {
                        if (xml.flag("hidden")) {
                            hidden.set(Math.max(xml.number("min", 1), 1) - 1, Math.min(xml.number("max", 1), 16_384));
                        }
                    }
                    case "row" -> {
                        Line line = row();
                        if (line != null) {
                            return line;
                        }
                    }
                    case "mergeCell" -> merge(xml.attribute("ref"));
                    default -> { }
                }
            }
        }
        return null;
    }

    private Line row() {
        int number = xml.number("r", row + 1);
        if (number <= row || number > MOST_ROWS) {
            throw Workbook.damaged(part + " row " + (row + 1));
        }
        row = number;
        boolean hiddenRow = xml.flag("hidden");
        Cell[] cells = new Cell[16];
        int filled = 0;
        int column = -1;
        for (Xml.Event event = xml.next(); event != null; event = xml.next()) {
            if (event == Xml.Event.END && xml.name().equals("row")) {
                if (filled == 0) {
                    return null;
                }
                Cell[] whole = Arrays.copyOf(cells, filled);
                Arrays.setAll(whole, i -> whole[i] == null ? Cell.EMPTY : whole[i]);
                return new Line(number, whole, hiddenRow);
            }
            if (event == Xml.Event.START && xml.name().equals("c")) {
                column = column(xml.attribute("r"), column + 1, number);
                Cell cell = cell(Sheet.name(column, number));
                if (!cell.isEmpty()) {
                    if (column >= MOST_COLUMNS) {
                        throw new BadSheet("too-wide", Sheet.name(column, number), "名册超过 300 列。/ The sheet has more than 300 columns.");
                    }
                    if (column >= cells.length) {
                        cells = Arrays.copyOf(cells, Math.max(column + 1, 2 * cells.length));
                    }
                    cells[column] = cell;
                    filled = Math.max(filled, column + 1);
                }
            }
        }
        throw Workbook.damaged(part);
    }

    private int column(String name, int otherwise, int number) {
        if (name.isEmpty()) {
            return otherwise;
        }
        Matcher m = NAME.matcher(name);
        if (!m.matches() || Integer.parseInt(m.group(2)) != number) {
            throw Workbook.damaged(part + " row " + number);
        }
        int column = column(m.group(1));
        if (column < otherwise) {
            throw Workbook.damaged(part + " row " + number);
        }
        return column;
    }

    private static int column(String letters) {
        int column = 0;
        for (int i = 0; i < letters.length(); i++) {
            column = column * 26 + letters.charAt(i) - 'A' + 1;
        }
        return column - 1;
    }

    private Cell cell(String name) {
        String type = xml.attribute("t");
        int style = xml.number("s", 0);
        boolean formula = false;
        String text = "";
        for (Xml.Event event = xml.next(); event != null; event = xml.next()) {
            if (event == Xml.Event.END && xml.name().equals("c")) {
                return formula ? new Cell(Cell.Kind.FORMULA, text) : cell(type, style, text, name);
            }
            if (event == Xml.Event.START) {
                switch (xml.name()) {
                    case "f" -> formula = true;
                    case "v" -> text = value(name);
                    case "is" -> text = SharedTexts.text(xml, "is", name);
                    default -> { }
                }
            }
        }
        throw Workbook.damaged(part);
    }

    private String value(String name) {
        StringBuilder text = new StringBuilder();
        for (Xml.Event event = xml.next(); event != null; event = xml.next()) {
            if (event == Xml.Event.END) {
                return text.toString().strip();
            }
            if (event == Xml.Event.TEXT) {
                SharedTexts.append(text, xml.text(), name);
            }
        }
        throw Workbook.damaged(part);
    }

    private Cell cell(String type, int style, String text, String name) {
        if (text.isEmpty()) {
            return Cell.EMPTY;
        }
        switch (type) {
            case "s" -> {
                String shared = texts.get(text);
                if (shared == null) {
                    throw Workbook.damaged(name);
                }
                return shared.isEmpty() ? Cell.EMPTY : new Cell(Cell.Kind.TEXT, shared);
            }
            case "inlineStr", "str" -> {
                return new Cell(Cell.Kind.TEXT, text);
            }
            case "b" -> {
                return new Cell(Cell.Kind.TEXT, text.equals("1") ? "是" : "否");
            }
            case "e" -> {
                return new Cell(Cell.Kind.ERROR, text);
            }
            case "d" -> {
                return new Cell(Cell.Kind.DATE, text.length() > 10 ? text.substring(0, 10) : text);
            }
            default -> {
                return number(text, style, name);
            }
        }
    }

    private Cell number(String text, int style, String name) {
        if (!text.matches("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?")) {
            throw Workbook.damaged(name);
        }
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        if (styles.isDate(style) && number.signum() > 0 && number.compareTo(BigDecimal.valueOf(LAST_DAY)) <= 0) {
            int days = number.intValue();
            if (since1904) {
                return new Cell(Cell.Kind.DATE, DAY_ZERO_OF_1904.plusDays(days).toString());
            }
            if (days != 60) {
                return new Cell(Cell.Kind.DATE, DAY_ZERO.plusDays(days < 60 ? days + 1 : days).toString());
            }
        }
        if (Math.abs((long) number.precision() - number.scale()) > 60 || number.scale() > 60) {
            return new Cell(Cell.Kind.NUMBER, number.toString());
        }
        String plain = number.toPlainString();
        int digits = styles.digits(style);
        return new Cell(Cell.Kind.NUMBER, number.signum() >= 0 && number.scale() <= 0 && plain.length() < digits
                ? "0".repeat(digits - plain.length()) + plain : plain);
    }

    private void merge(String ref) {
        String[] ends = ref.split(":", 2);
        Matcher first = NAME.matcher(ends[0]);
        Matcher last = NAME.matcher(ends[ends.length - 1]);
        if (!first.matches() || !last.matches() || merged.size() == MOST_AREAS) {
            throw Workbook.damaged(part);
        }
        merged.add(new Area(Integer.parseInt(first.group(2)), column(first.group(1)), Integer.parseInt(last.group(2)), column(last.group(1))));
    }

    @Override
    public boolean isHidden(int column) {
        return hidden.get(column);
    }

    @Override
    public List<Area> merged() {
        return List.copyOf(merged);
    }

    @Override
    public void close() throws IOException {
        try {
            xml.close();
        } finally {
            workbook.close();
        }
    }

    /** Which sheets a workbook has, and in which part each is. */
    private static final class Contents {
        private final Map<String, String> targets = new HashMap<>();
        private final List<String[]> sheets = new ArrayList<>();
        private boolean since1904;

        static Contents read(Workbook workbook) throws IOException {
            Contents contents = new Contents();
            try (Xml xml = new Xml(workbook.part(LINKS), LINKS)) {
                for (Xml.Event event = xml.next(); event != null; event = xml.next()) {
                    if (event == Xml.Event.START && xml.name().equals("Relationship") && !xml.attribute("TargetMode").equals("External")
                            && contents.targets.size() < MOST_SHEETS) {
                        String target = xml.attribute("Target");
                        contents.targets.put(xml.attribute("Id"), target.startsWith("/") ? target.substring(1) : "xl/" + target);
                    }
                }
            }
            try (Xml xml = new Xml(workbook.part(BOOK), BOOK)) {
                for (Xml.Event event = xml.next(); event != null; event = xml.next()) {
                    if (event == Xml.Event.START && xml.name().equals("sheet") && contents.sheets.size() < MOST_SHEETS) {
                        contents.sheets.add(new String[] {xml.attribute("name"), xml.attribute("state"), xml.foreign("id")});
                    } else if (event == Xml.Event.START && xml.name().equals("workbookPr")) {
                        contents.since1904 = xml.flag("date1904");
                    }
                }
            }
            return contents;
        }

        String part(String name) {
            for (String[] sheet : sheets) {
                if (name == null ? sheet[1].isEmpty() || sheet[1].equals("visible") : sheet[0].equals(name)) {
                    String target = targets.get(sheet[2]);
                    if (target == null) {
                        throw Workbook.damaged(BOOK);
                    }
                    return target;
                }
            }
            throw new BadSheet("no-sheet", null, name == null ? "工作簿没有可见的工作表。/ The workbook has no visible sheet."
                    : "工作簿没有设置中指定的工作表。/ The workbook has no sheet of the name that the setting 'sheet' gives.");
        }
    }
}
