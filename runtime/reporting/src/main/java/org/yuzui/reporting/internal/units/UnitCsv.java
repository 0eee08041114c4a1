package org.yuzui.reporting.internal.units;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.reporting.Unit;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One unit file: its rows, or what is wrong with them, row by row. */
public final class UnitCsv {

    private static final List<String> COLUMNS = List.of("code", "name", "name_en", "level", "parent", "tags", "from", "to", "into");
    private static final List<String> REQUIRED = List.of("code", "name", "level", "parent");
    private static final List<String> LEVELS =
            Arrays.stream(Unit.Level.values()).map(l -> l.name().toLowerCase(Locale.ROOT)).toList();
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z-]{0,39}");
    static final Pattern TAG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9]+(-[a-z0-9]+)*)?");
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder()
            .setCommentMarker('#').setIgnoreEmptyLines(true).setTrim(true).get();

    private final String name;
    private final List<UnitRow> rows = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> spoiled = new HashSet<>();
    private boolean whole;

    private UnitCsv(String name) {
        this.name = name;
    }

    /** @param name what messages call the file */
    public static UnitCsv read(byte[] bytes, String name) {
        UnitCsv file = new UnitCsv(name);
        file.decode(bytes).ifPresent(file::parse);
        return file;
    }

    /** The good rows. */
    public List<UnitRow> rows() {
        return rows;
    }

    public List<Problem> problems() {
        return problems;
    }

    /** Codes of rows that are not good: known to exist, so nobody below them is an orphan. */
    public Set<String> spoiled() {
        return spoiled;
    }

    /** Whether the file could be read to its end; otherwise it may hold any unit. */
    public boolean whole() {
        return whole;
    }

    private Optional<String> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            long line = 1 + out.flip().chars().filter(c -> c == '\n').count();
            problems.add(new Problem("not-utf-8", name + ":" + line, "This line is not UTF-8.",
                    "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')."));
            return Optional.empty();
        }
        String text = out.flip().toString();
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private void parse(String text) {
        try (CSVParser parser = CSVParser.parse(new StringReader(text), FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            try {
                whole = true;
                if (records.hasNext()) {
                    CSVRecord first = records.next();
                    Optional<Map<String, Integer>> header = header(first, parser.getCurrentLineNumber());
                    while (header.isPresent() && records.hasNext()) {
                        CSVRecord cells = records.next();
                        row(header.get(), cells, parser.getCurrentLineNumber());
                    }
                    whole = header.isPresent();
                }
            } catch (UncheckedIOException e) {
                whole = false;
                problems.add(new Problem("bad-csv", name + ":" + parser.getCurrentLineNumber(),
                        "The quotes on this line don't match.", "Close each quote; write a quote inside quotes twice."));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Map<String, Integer>> header(CSVRecord cells, long line) {
        Map<String, Integer> header = new LinkedHashMap<>();
        boolean good = true;
        for (int i = 0; i < cells.size(); i++) {
            String column = cells.get(i);
            if (!COLUMNS.contains(column)) {
                good = complain("unknown-column", line, column, "The column '" + column + "' is not known.",
                        KnownKeys.cure(column, COLUMNS));
            } else if (header.put(column, i) != null) {
                good = complain("duplicate-column", line, column, "The column '" + column + "' stands here twice.",
                        "Remove one of them.");
            }
        }
        for (String column : REQUIRED) {
            if (good && !header.containsKey(column)) {
                good = complain("missing-column", line, column, "The column '" + column + "' is missing.",
                        "Begin the file with the line code,name,name_en,level,parent.");
            }
        }
        return good ? Optional.of(header) : Optional.empty();
    }

    private void row(Map<String, Integer> header, CSVRecord cells, long line) {
        if (cells.size() > header.size()) {
            complain("bad-csv", line, "", "The line has " + cells.size() + " cells, the header " + header.size() + ".",
                    "Put a text with commas in quotes.");
            spoiled.add(cell(header, cells, "code"));
            return;
        }
        String code = cell(header, cells, "code");
        String unitName = cell(header, cells, "name");
        String english = cell(header, cells, "name_en");
        String level = cell(header, cells, "level");
        String parent = cell(header, cells, "parent");
        boolean good = true;
        if (code.isEmpty()) {
            good = complain("missing-code", line, "code", "The unit has no code.", "Give it the code that it reports under.");
        } else if (!CODE.matcher(code).matches()) {
            good = complain("bad-code", line, "code", "'" + code + "' can't be a unit's code.",
                    "Use up to 40 letters, digits and hyphens.");
        }
        if (unitName.isEmpty()) {
            good = complain("missing-name", line, "name", "The unit has no name.", "Write its Chinese name.");
        }
        if (!LEVELS.contains(level)) {
            good = complain("unknown-level", line, "level", "'" + level + "' is not a level.",
                    "Use one of " + String.join(", ", LEVELS) + ".");
        }
        List<String> tags = Arrays.stream(cell(header, cells, "tags").split("[\\s;]+")).filter(t -> !t.isEmpty()).sorted().distinct()
                .toList();
        for (String tag : tags) {
            if (!TAG.matcher(tag).matches()) {
                good = complain("bad-tag", line, "tags", "'" + tag + "' can't be a tag.",
                        "Use small letters, digits and hyphens (hospital, department:education), with a blank between two tags.");
            }
        }
        LocalDate from = day(header, cells, "from", line);
        LocalDate to = day(header, cells, "to", line);
        String into = cell(header, cells, "into");
        if (from != null && to != null && to.isBefore(from)) {
            good = complain("bad-dates", line, "to", "It ends (" + to + ") before it begins (" + from + ").", "Correct one of the two.");
        }
        if (!into.isEmpty() && to == null) {
            good = complain("bad-dates", line, "into", "It goes on in '" + into + "' and has no last day.", "Write its last day under 'to'.");
        }
        if (good) {
            rows.add(new UnitRow(new Unit(code, unitName, english.isEmpty() ? unitName : english,
                    Unit.Level.valueOf(level.toUpperCase(Locale.ROOT)), parent.isEmpty() ? null : parent, tags),
                    name + ":" + line, from, to, into.isEmpty() ? null : into));
        } else {
            spoiled.add(code);
        }
    }

    /** Null where there is none; complains where it is none. */
    private LocalDate day(Map<String, Integer> header, CSVRecord cells, String column, long line) {
        String text = cell(header, cells, column);
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            complain("bad-dates", line, column, "'" + text + "' is not a day.", "Write it as 2026-11-22.");
            return null;
        }
    }

    private static String cell(Map<String, Integer> header, CSVRecord cells, String column) {
        Integer at = header.get(column);
        return at == null || at >= cells.size() ? "" : cells.get(at);
    }

    private boolean complain(String code, long line, String column, String message, String cure) {
        problems.add(new Problem(code, (name + ":" + line + " " + column).trim(), message, cure));
        return false;
    }
}
