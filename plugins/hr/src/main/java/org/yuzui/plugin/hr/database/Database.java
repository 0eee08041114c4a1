package org.yuzui.plugin.hr.database;

import org.yuzui.plugin.hr.roster.BadRoster;
import org.yuzui.plugin.hr.roster.Person;
import org.yuzui.plugin.hr.roster.RosterRows;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.spi.RefusedException;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table of people, read by a query that the site writes.
 *
 * @param watermark  the column that grows with every change
 * @param overlap    how far each read looks back
 * @param creditCode the unit's; null when it isn't known
 */
public record Database(String name, String unit, String url, String user, String password, String query, String watermark, int overlap,
                       String creditCode) {

    static final int PAGE = 5_000;
    private static final int MOST = 200_000;
    private static final int FETCH = 500;

    /**
     * What a read gave.
     *
     * @param people    by their numbers
     * @param watermark all rows up to it, itself included, were read; null when there was none
     * @param more      whether rows after it are there
     * @param refusal   what was wrong with rows, which are left out; null for nothing
     */
    public record Page(Map<String, Person> people, int rows, String watermark, boolean more, List<String> passedOver, BadRoster refusal) {
    }

    /**
     * Reads the rows from a watermark on: some five thousand, and never a part of those that have one watermark, for whoever goes
     * on from it would not know which.
     *
     * @param from null for the beginning
     * @param back whether to look back from it; not when a page goes on where the last one ended
     * @throws SQLException when the server can't be reached or does not take the query
     */
    public Page read(String from, boolean back, RosterSheet.Terms terms, LocalDate day) throws SQLException {
        Watermark start = from == null ? null : Watermark.parse(from);
        try (Connection connection = Drivers.connect(url, user, password); PreparedStatement statement = connection.prepareStatement(sql(start))) {
            if (start != null) {
                statement.setObject(1, (back ? start.back(overlap) : start).value());
            }
            statement.setFetchSize(FETCH);
            try (ResultSet result = statement.executeQuery()) {
                return page(result, start, terms, day);
            } finally {
                connection.rollback();
            }
        }
    }

    private String sql(Watermark start) {
        String inner = query.strip().replaceFirst(";\\s*$", "");
        return "SELECT * FROM (" + inner + ") r" + (start == null ? "" : " WHERE r." + watermark + " >= ?") + " ORDER BY r." + watermark;
    }

    private Page page(ResultSet result, Watermark start, RosterSheet.Terms terms, LocalDate day) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> labels = new ArrayList<>();
        int mark = 0;
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            labels.add(columns.getColumnLabel(i));
            mark = columns.getColumnLabel(i).equalsIgnoreCase(watermark) ? i : mark;
        }
        if (mark == 0) {
            throw new RefusedException("no-watermark", watermark, "The query of 'databases." + name + "' has no column '" + watermark + "'.");
        }
        RosterRows rows = new RosterRows(labels, terms, day);
        Watermark last = start;
        while (result.next()) {
            Watermark here = watermark(result, mark, columns.getColumnType(mark));
            boolean further = here != null && last != null && here.compareTo(last) > 0;
            if (rows.rows() >= PAGE && further && (start == null || last.compareTo(start) > 0)) {
                return page(rows, last, true);
            }
            if (rows.rows() == MOST) {
                throw new RefusedException("too-many-rows", watermark, "More than 200,000 rows of 'databases." + name
                        + "' have one watermark. Choose a column that tells them apart.");
            }
            rows.add(texts(result, labels.size(), columns), here != null);
            last = here != null && (last == null || further) ? here : last;
        }
        return page(rows, last, false);
    }

    private static Page page(RosterRows rows, Watermark last, boolean more) {
        return new Page(rows.people(), rows.rows(), last == null ? null : last.text(), more, rows.passedOver(), rows.refusal());
    }

    private static String[] texts(ResultSet result, int columns, ResultSetMetaData types) throws SQLException {
        String[] texts = new String[columns];
        for (int i = 1; i <= columns; i++) {
            if (types.getColumnType(i) == Types.DATE) {
                Date date = result.getDate(i);
                texts[i - 1] = date == null ? null : date.toLocalDate().toString();
            } else {
                texts[i - 1] = result.getString(i);
            }
        }
        return texts;
    }

    private Watermark watermark(ResultSet result, int column, int type) throws SQLException {
        Object value = switch (type) {
            case Types.TIMESTAMP_WITH_TIMEZONE -> result.getObject(column, OffsetDateTime.class);
            case Types.TIMESTAMP -> isZoned(result, column) ? result.getObject(column, OffsetDateTime.class) : result.getObject(column, LocalDateTime.class);
            case Types.DATE -> result.getObject(column, LocalDate.class);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL -> result.getBigDecimal(column);
            default -> throw new RefusedException("bad-watermark", watermark, "The watermark of 'databases." + name
                    + "' is neither a time, a day nor a whole number.");
        };
        return value == null ? null : new Watermark(value instanceof BigDecimal number ? number.stripTrailingZeros() : value);
    }

    /** PostgreSQL's driver calls both of its types of time the same. */
    private static boolean isZoned(ResultSet result, int column) throws SQLException {
        return result.getMetaData().getColumnTypeName(column).equalsIgnoreCase("timestamptz");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name + " of " + unit;
    }
}
