package org.yuzui.launcher.demo.gbt24589;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The invented accounts of one bureau for one year: every month an appropriation, and expenses that it pays from the bank. */
final class Accounts {

    static final String BANK = "1002";
    static final String SURPLUS = "3001";
    static final String INCOME = "4001";
    static final String EXPENSES = "5001";
    /** Code, name, and about how much a month, in yuan. */
    private static final String[][] KINDS = {{"500101", "工资福利费用", "220000"}, {"500102", "办公费", "9000"}, {"500103", "水费", "2600"},
        {"500104", "电费", "18000"}, {"500105", "邮电费", "2400"}, {"500106", "物业管理费", "26000"}, {"500107", "差旅费", "7000"},
        {"500108", "维修（护）费", "6000"}, {"500109", "会议费", "1800"}, {"500110", "培训费", "2200"}, {"500111", "公务接待费", "900"},
        {"500112", "公务用车运行维护费", "8000"}};
    private static final BigDecimal OPENING = new BigDecimal("100000.00");

    private final String book;
    private final long seed;

    Accounts(String book, long seed) {
        this.book = book;
        this.seed = seed;
    }

    static Map<String, String> expenseAccounts() {
        Map<String, String> accounts = new LinkedHashMap<>();
        for (String[] kind : KINDS) {
            accounts.put(kind[0], kind[1]);
        }
        return accounts;
    }

    /** By account; the same arguments give the same amounts. */
    Map<String, BigDecimal> expenses(YearMonth month) {
        Random random = new Random(seed * 1_000_003 + book.hashCode() * 31L + month.getYear() * 12L + month.getMonthValue());
        Map<String, BigDecimal> expenses = new LinkedHashMap<>();
        for (String[] kind : KINDS) {
            long cents = Math.round(Long.parseLong(kind[2]) * 100 * (0.7 + random.nextDouble() * 0.6));
            expenses.put(kind[0], BigDecimal.valueOf(cents, 2));
        }
        return expenses;
    }

    BigDecimal spent(YearMonth month) {
        return expenses(month).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal income(YearMonth month) {
        return new BigDecimal("310000.00");
    }

    /** Signed, debit is positive, before the month; a year begins with what was left. */
    Map<String, BigDecimal> openings(YearMonth month) {
        Map<String, BigDecimal> openings = new LinkedHashMap<>();
        openings.put(BANK, OPENING);
        openings.put(SURPLUS, OPENING.negate());
        openings.put(INCOME, BigDecimal.ZERO);
        openings.put(EXPENSES, BigDecimal.ZERO);
        expenseAccounts().keySet().forEach(a -> openings.put(a, BigDecimal.ZERO));
        for (YearMonth m = month.withMonth(1); m.isBefore(month); m = m.plusMonths(1)) {
            openings.merge(BANK, income(m).subtract(spent(m)), BigDecimal::add);
            openings.merge(INCOME, income(m).negate(), BigDecimal::add);
            openings.merge(EXPENSES, spent(m), BigDecimal::add);
            expenses(m).forEach((a, amount) -> openings.merge(a, amount, BigDecimal::add));
        }
        return openings;
    }
}
