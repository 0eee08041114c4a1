package org.yuzui.plugin.finance.ledger;

import org.yuzui.plugin.finance.file.BadFile;
import org.yuzui.plugin.finance.file.Findings;
import org.yuzui.plugin.finance.file.Row;
import org.yuzui.plugin.finance.file.Rows;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * A ledger that was read to its end and found in order: chart, sums and expenses, not the vouchers. Reading takes memory for
 * the accounts and their balances by period, and eight bytes or so for each voucher.
 */
public final class Ledger {

    /** Of vouchers and balances together: a file of some gigabytes, and 67 MB of hashes. */
    private static final int MOST_KEYS = 4_000_000;
    /** Of expenses by period and account. */
    private static final int MOST_SUMS = 300_000;

    private final ExpenseRules rules;
    private final Chart chart = new Chart();
    private final Balances balances = new Balances();
    private final Findings findings = new Findings();
    private final KeySet keys = new KeySet();
    /** An account that a line names, and where it was named first; checked when the chart is whole. */
    private final Map<String, Row> named = new TreeMap<>();
    private final Map<Period, Movement> movements = new TreeMap<>();
    private Voucher current;
    private long voucherCount;
    private int sums;
    private long balanceCount;

    private Ledger(ExpenseRules rules) {
        this.rules = rules;
    }

    /**
     * Reads all rows.
     *
     * @throws BadFile when anything is wrong, naming everything
     */
    public static Ledger check(Rows rows, ExpenseRules rules) throws IOException {
        Ledger ledger = new Ledger(rules);
        for (Row row = rows.next(); row != null; row = rows.next()) {
            ledger.take(row);
        }
        ledger.finish();
        return ledger;
    }

    private void take(Row row) {
        switch (row.table()) {
            case "basics" -> chart.rule(row);
            case "account" -> chart.take(row);
            case "balance" -> {
                Balance balance = Balance.of(row);
                balanceCount++;
                if (!keys.add("b|" + balance.period() + "|" + balance.account() + "|" + balance.currency() + "|" + balance.auxiliary())) {
                    throw row.bad("balance-twice", null, "The balance of account " + balance.account() + " of " + balance.period()
                            + " stands in the file twice.");
                }
                if (keys.size() > MOST_KEYS) {
                    throw tooLarge(row);
                }
                balances.take(balance, findings);
            }
            case "voucher" -> voucherLine(row);
            default -> { }
        }
    }

    private void voucherLine(Row row) {
        if (current == null || !current.owns(row)) {
            endVoucher();
            current = new Voucher(row);
            if (!keys.add("v|" + current.key())) {
                throw row.bad("voucher-scattered", null, "The lines of the voucher " + current + " don't stand together, or it is there "
                        + "twice. Export the vouchers in order.");
            }
        }
        current.take(row);
        named.putIfAbsent(row.required("account"), new Row(row.table(), row.name(), Map.of(), row.line()));
        if (named.size() > Chart.MOST_ACCOUNTS || sums > MOST_SUMS || keys.size() > MOST_KEYS) {
            throw tooLarge(row);
        }
    }

    private static BadFile tooLarge(Row row) {
        return row.bad("too-large", null, "The file has more vouchers, balances or accounts than can be checked at once. "
                + "Export it by months.");
    }

    private void endVoucher() {
        if (current == null) {
            return;
        }
        Voucher v = current;
        voucherCount++;
        if (!v.annulled && !v.isBalanced()) {
            findings.add("voucher-unbalanced", v.head.line(), v.head.name(), "Voucher " + v + ": debit " + Balances.plain(v.debit)
                    + " is not credit " + Balances.plain(v.credit) + ".");
        }
        if (!v.period.holds(v.date)) {
            findings.add("date-outside-period", v.head.line(), v.head.name(), "Voucher " + v + " is of " + v.date
                    + ", which is not in its period.");
        }
        Movement movement = movements.computeIfAbsent(v.period, p -> new Movement());
        if (!v.annulled) {
            movement.all = movement.all.add(v.debit);
            if (v.posted) {
                movement.posted = movement.posted.add(v.debit);
                if (v.lines.stream().noneMatch(l -> rules.isCarryOver(l.account()))) {
                    for (Voucher.Line l : v.lines) {
                        if (rules.isExpense(l.account())) {
                            sums += movement.expenses.containsKey(l.account()) ? 0 : 1;
                            movement.expenses.merge(l.account(), l.debit().subtract(l.credit()), BigDecimal::add);
                        }
                    }
                }
            }
        }
    }

    private void finish() {
        endVoucher();
        current = null;
        chart.build(findings);
        if (chart.isEmpty()) {
            findings.add("no-accounts", 0, "会计科目", "The ledger has no chart of accounts.");
        }
        named.forEach((account, row) -> {
            if (chart.account(account) == null) {
                findings.add("unknown-account", row.line(), row.name(), "The account " + account + " is not in the chart.");
            }
        });
        named.clear();
        balances.check(chart, findings);
        movements.forEach((period, movement) -> {
            if (!balances.isEmpty() && !balances.has(period)) {
                findings.add("period-without-balances", 0, "会计期间号", "There are vouchers of " + period + " and no balances.");
            } else if (balances.has(period)) {
                BigDecimal moved = balances.debit(period, chart);
                if (moved.compareTo(movement.posted) != 0 && moved.compareTo(movement.all) != 0) {
                    findings.add("vouchers-incomplete", 0, "记账凭证", "The vouchers of " + period + " move "
                            + Balances.plain(movement.posted) + " and the balances " + Balances.plain(moved) + ".");
                }
            }
        });
        findings.throwIfAny();
    }

    public long vouchers() {
        return voucherCount;
    }

    public long balances() {
        return balanceCount;
    }

    Chart chart() {
        return chart;
    }

    /** By period and category; of every period that has vouchers. */
    Map<Period, Map<String, BigDecimal>> expenses() {
        Map<Period, Map<String, BigDecimal>> expenses = new TreeMap<>();
        movements.forEach((period, movement) -> {
            Map<String, BigDecimal> categories = expenses.computeIfAbsent(period, p -> new TreeMap<>());
            movement.expenses.forEach((account, amount) ->
                    categories.merge(rules.category(chart.account(account), chart), amount, BigDecimal::add));
        });
        return expenses;
    }

    ExpenseRules rules() {
        return rules;
    }

    private static final class Movement {
        private BigDecimal all = BigDecimal.ZERO;
        private BigDecimal posted = BigDecimal.ZERO;
        private final Map<String, BigDecimal> expenses = new TreeMap<>();
    }
}
