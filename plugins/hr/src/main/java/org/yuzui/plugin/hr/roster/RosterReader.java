package org.yuzui.plugin.hr.roster;

import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.code.CreditCode;
import org.yuzui.plugin.hr.code.IdNumber;
import org.yuzui.plugin.hr.sheet.Cell;
import org.yuzui.spi.Mask;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes people of rows, and finds everything that is wrong with each cell. Not thread-safe. */
final class RosterReader {

    static final int MOST_PEOPLE = 200_000;

    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final Pattern DAY = Pattern.compile("(\\d{4})(?:[-/.年](\\d{1,2})(?:[-/.月](\\d{1,2})日?|月)?|(\\d{2})(\\d{2})?)");
    /** What is shown as it stands: in a column that has slipped there may be anybody's name or number. */
    private static final Pattern HARMLESS = Pattern.compile("[0-9A-Za-z./#!?年月日-]{1,14}");
    /** A spreadsheet keeps fifteen digits of a number. */
    private static final int DIGITS_KEPT = 15;

    private final CodeTables codes;
    private final LocalDate day;
    private final String creditCode;
    private final Function<String, Optional<String>> pseudonyms;
    private final Findings findings;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, String> shared = new HashMap<>();
    private final Set<Long> identities = new HashSet<>();
    private final List<Finding> numbersInNumbers = new ArrayList<>();
    private boolean numbersInTexts;

    /**
     * Starts with nobody.
     *
     * @param day        of the roster
     * @param creditCode the unit's; null when it isn't known
     * @param pseudonyms of identity numbers
     */
    RosterReader(CodeTables codes, LocalDate day, String creditCode, Function<String, Optional<String>> pseudonyms, Findings findings) {
        this.codes = codes;
        this.day = day;
        this.creditCode = creditCode;
        this.pseudonyms = pseudonyms;
        this.findings = findings;
    }

    /** A cell, its field and what it is called. */
    record Read(Field field, String heading, String place, Cell cell) {
    }

    /** @return null when something is wrong with the row, which stands in the findings then */
    Person read(List<Read> row, String place, boolean latestCounts) {
        int before = findings.count();
        String[] values = new String[Field.values().length];
        IdNumber id = null;
        for (Read read : row) {
            String text = text(read);
            if (text == null || text.isEmpty()) {
                continue;
            }
            if (read.field() == Field.ID_NUMBER) {
                id = idNumber(read, text);
            } else {
                values[read.field().ordinal()] = value(read, text);
            }
        }
        if (findings.count() == before) {
            for (Field field : Field.values()) {
                if (field.isRequired() && values[field.ordinal()] == null) {
                    findings.add(new Finding(Fault.MISSING, placeOf(row, field, place), heading(row, field), null));
                }
            }
        }
        checkSex(row, id, values, place);
        if (findings.count() > before) {
            return null;
        }
        return add(new Person(masked(values, id), id == null ? null : pseudonyms.apply(id.text()).orElse(null)), id, row, place, latestCounts);
    }

    private Person add(Person person, IdNumber id, List<Read> row, String place, boolean latestCounts) {
        if (!latestCounts) {
            if (people.containsKey(person.number())) {
                findings.add(new Finding(Fault.TWICE, placeOf(row, Field.PERSON, place), heading(row, Field.PERSON), person.number()));
                return null;
            }
            if (id != null && !identities.add(compact(id.text()))) {
                findings.add(new Finding(Fault.ID_TWICE, placeOf(row, Field.ID_NUMBER, place), heading(row, Field.ID_NUMBER),
                        Mask.ID_NUMBER.apply(id.text())));
                return null;
            }
        }
        if (people.size() == MOST_PEOPLE && !people.containsKey(person.number())) {
            throw new BadRoster(Fault.TOO_MANY_ROWS, place, null);
        }
        people.put(person.number(), person);
        return person;
    }

    /** Eighteen characters as a number: the check digit follows from the others. */
    private static long compact(String id) {
        return Long.parseLong(id.substring(0, 17));
    }

    private String text(Read read) {
        Cell cell = read.cell();
        switch (cell.kind()) {
            case FORMULA -> {
                return wrong(Fault.FORMULA, read);
            }
            case ERROR -> {
                return wrong(Fault.ERROR_VALUE, read);
            }
            case NUMBER -> {
                if (read.field() == Field.ID_NUMBER || read.field() == Field.CREDIT_CODE || cell.text().length() > DIGITS_KEPT) {
                    return wrong(Fault.DIGITS_LOST, read);
                }
                if (read.field() == Field.PERSON && numbersInNumbers.size() < 1_000) {
                    numbersInNumbers.add(new Finding(Fault.ZEROS_LOST, read.place(), read.heading(), cell.text()));
                }
            }
            default -> numbersInTexts |= read.field() == Field.PERSON && !cell.isEmpty();
        }
        return cell.text();
    }

    private String value(Read read, String text) {
        Field field = read.field();
        if (field.table() != null) {
            Optional<String> code = codes.code(field.table(), text);
            return code.isPresent() ? code.get() : wrong(Fault.UNKNOWN_CODE, read);
        }
        if (field == Field.PERSON) {
            return NUMBER.matcher(text).matches() ? text : wrong(Fault.BAD_NUMBER, read);
        }
        if (field == Field.JOINED_ON) {
            return date(read, text);
        }
        if (field == Field.CREDIT_CODE) {
            return !CreditCode.isValid(text) ? wrong(Fault.CREDIT_CODE, read)
                    : creditCode != null && !creditCode.equals(text) ? wrong(Fault.OTHER_CREDIT_CODE, read) : null;
        }
        if (text.codePointCount(0, text.length()) > field.longest()) {
            return wrong(Fault.TOO_LONG, read);
        }
        if (text.codePoints().anyMatch(RosterReader::isNoText)) {
            return wrong(Fault.BAD_CHARACTER, read);
        }
        return field == Field.NAME ? text : shared.computeIfAbsent(text, t -> t);
    }

    private static boolean isNoText(int c) {
        return Character.isISOControl(c) && !Character.isWhitespace(c) || Character.getType(c) == Character.SURROGATE || c == 0xFFFD;
    }

    private IdNumber idNumber(Read read, String text) {
        try {
            return IdNumber.parse(text, day);
        } catch (IdNumber.Invalid e) {
            // what a spreadsheet makes of a number on its way to CSV
            boolean lost = text.matches("[\\d.]+[eE]\\+?\\d+") || text.matches("\\d{15}000");
            wrong(lost ? Fault.DIGITS_LOST : switch (e.wrong()) {
                case FORM -> Fault.ID_FORM;
                case BIRTHDAY -> Fault.ID_BIRTHDAY;
                case CHECK_DIGIT -> Fault.ID_CHECK_DIGIT;
            }, read);
            return null;
        }
    }

    private String date(Read read, String text) {
        Matcher m = DAY.matcher(text);
        if (!m.matches()) {
            return wrong(Fault.BAD_DATE, read);
        }
        String month = m.group(2) != null ? m.group(2) : m.group(4);
        String of = m.group(3) != null ? m.group(3) : m.group(5);
        if (month == null) {
            return wrong(Fault.BAD_DATE, read);
        }
        try {
            YearMonth in = YearMonth.of(Integer.parseInt(m.group(1)), Integer.parseInt(month));
            LocalDate on = in.atDay(1);
            String written = in.toString();
            if (of != null) {
                on = LocalDate.of(in.getYear(), in.getMonthValue(), Integer.parseInt(of));
                written = on.toString();
            }
            return on.isAfter(day) ? wrong(Fault.FUTURE_DATE, read) : in.getYear() < 1900 ? wrong(Fault.BAD_DATE, read) : written;
        } catch (DateTimeException e) {
            return wrong(Fault.BAD_DATE, read);
        }
    }

    private void checkSex(List<Read> row, IdNumber id, String[] values, String place) {
        String sex = values[Field.SEX.ordinal()];
        if (id != null && sex == null) {
            values[Field.SEX.ordinal()] = id.sex();
        } else if (id != null && (sex.equals("1") || sex.equals("2")) && !sex.equals(id.sex())) {
            findings.add(new Finding(Fault.ID_SEX, placeOf(row, Field.SEX, place), heading(row, Field.SEX), null));
        }
    }

    private static String[] masked(String[] values, IdNumber id) {
        if (id != null) {
            values[Field.ID_NUMBER.ordinal()] = id.text();
        }
        if (values[Field.STATE.ordinal()] == null) {
            values[Field.STATE.ordinal()] = Person.ACTIVE;
        }
        values[Field.CREDIT_CODE.ordinal()] = null;
        for (Field field : Field.values()) {
            String value = values[field.ordinal()];
            if (field.mask() != null && value != null) {
                values[field.ordinal()] = field.mask().apply(value).intern();
            }
        }
        return values;
    }

    private String wrong(Fault fault, Read read) {
        String text = read.cell().text();
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        findings.add(new Finding(fault, read.place(), read.heading(), read.field().mask() != null ? read.field().mask().apply(shown)
                : HARMLESS.matcher(shown).matches() ? shown : Mask.NAME.apply(shown)));
        return null;
    }

    private static String placeOf(List<Read> row, Field field, String otherwise) {
        return row.stream().filter(r -> r.field() == field).map(Read::place).findFirst().orElse(otherwise);
    }

    private static String heading(List<Read> row, Field field) {
        return row.stream().filter(r -> r.field() == field).map(Read::heading).findFirst().orElse(field.key());
    }

    /** To be called at the end: numbers among texts have lost what nobody can tell. */
    void end() {
        if (numbersInTexts) {
            numbersInNumbers.forEach(findings::add);
        }
    }

    Map<String, Person> people() {
        return people;
    }
}
