package org.yuzui.launcher.demo.gbt24589;

import org.yuzui.launcher.demo.fuel.Refuelling;
import org.yuzui.launcher.demo.fuel.Refuellings;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The invented accounts of one unit for one year: every month an appropriation, and expenses that it pays from the bank. */
final class Accounts {

    static final String BANK = "1002";
    static final String SURPLUS = "3001";
    static final String INCOME = "4001";
    static final String EXPENSES = "5001";
    static final String VEHICLES = "500112";
    static final String FUEL = "50011201";
    /** Code, name, and about how much a service centre has a month, in yuan. */
    private static final String[][] KINDS = {{"500101", "工资福利费用", "220000"}, {"500102", "办公费", "9000"}, {"500103", "水费", "2600"},
        {"500104", "电费", "18000"}, {"500105", "邮电费", "2400"}, {"500106", "物业管理费", "26000"}, {"500107", "差旅费", "7000"},
        {"500108", "维修（护）费", "6000"}, {"500109", "会议费", "1800"}, {"500110", "培训费", "2200"}, {"500111", "公务接待费", "900"},
        {"50011202", "车辆维修及保险费", "5500"}};
    private static final BigDecimal OPENING = new BigDecimal("100000.00");
    private static final BigDecimal INCOME_A_MONTH = new BigDecimal("310000.00");
    /** A hospital is so much larger than a service centre. */
    private static final int HOSPITAL = 20;

    private final String book;
    private final String unit;
    private final long seed;
    private final int size;

    Accounts(String book, String unit, long seed) {
        this.book = book;
        this.unit = unit;
        this.seed = seed;
        this.size = unit.contains("-H") ? HOSPITAL : 1;
    }

    /** Those that expenses are booked on, and the one above some of them. */
    static Map<String, String> expenseAccounts() {
        Map<String, String> accounts = new LinkedHashMap<>();
        for (String[] kind : KINDS) {
            if (kind[0].startsWith(VEHICLES)) {
                accounts.put(VEHICLES, "公务用车运行维护费");
                accounts.put(FUEL, "燃油费");
            }
            accounts.put(kind[0], kind[1]);
        }
        return accounts;
    }

    /** By account; the same arguments give the same amounts. Without fuel, which is booked for each refuelling. */
    Map<String, BigDecimal> payments(YearMonth month) {
        Random random = new Random(seed * 1_000_003 + book.hashCode() * 31L + month.getYear() * 12L + month.getMonthValue());
        Map<String, BigDecimal> payments = new LinkedHashMap<>();
        for (String[] kind : KINDS) {
            long cents = Math.round(Long.parseLong(kind[2]) * size * 100 * (0.7 + random.nextDouble() * 0.6));
            payments.put(kind[0], BigDecimal.valueOf(cents, 2));
        }
        return payments;
    }

    /** What the vehicles of a service centre's county were filled with. */
    List<Refuelling> refuellings(YearMonth month) {
        return unit.contains("-F") ? Refuellings.of(unit.substring(0, unit.indexOf('-')), month) : List.of();
    }

    /** By account, on every level under {@link #EXPENSES} and on that. */
    Map<String, BigDecimal> expenses(YearMonth month) {
        Map<String, BigDecimal> expenses = new LinkedHashMap<>();
        expenses.put(EXPENSES, BigDecimal.ZERO);
        expenseAccounts().keySet().forEach(a -> expenses.put(a, BigDecimal.ZERO));
        payments(month).forEach((account, amount) -> spend(expenses, account, amount));
        refuellings(month).forEach(r -> spend(expenses, FUEL, r.amount()));
        return expenses;
    }

    private static void spend(Map<String, BigDecimal> expenses, String account, BigDecimal amount) {
        for (int length = account.length(); length >= EXPENSES.length(); length -= 2) {
            expenses.merge(account.substring(0, length), amount, BigDecimal::add);
        }
    }

    BigDecimal spent(YearMonth month) {
        return expenses(month).get(EXPENSES);
    }

    BigDecimal income() {
        return INCOME_A_MONTH.multiply(BigDecimal.valueOf(size));
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
            openings.merge(BANK, income().subtract(spent(m)), BigDecimal::add);
            openings.merge(INCOME, income().negate(), BigDecimal::add);
            expenses(m).forEach((a, amount) -> openings.merge(a, amount, BigDecimal::add));
        }
        return openings;
    }
}
