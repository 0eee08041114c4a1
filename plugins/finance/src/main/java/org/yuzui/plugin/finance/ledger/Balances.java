package org.yuzui.plugin.finance.ledger;

import org.yuzui.plugin.finance.file.Findings;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Adds up balances by period and account, over currencies and auxiliary items, and checks them when all are there. */
final class Balances {

    private static final int MOST = 300_000;

    private final Map<Period, Map<String, Sum>> periods = new TreeMap<>();
    private int count;

    void take(Balance b, Findings findings) {
        BigDecimal should = b.opening().add(b.debit()).subtract(b.credit());
        if (should.compareTo(b.closing()) != 0) {
            findings.add("closing-wrong", b.line(), "科目余额及发生额", "Account " + b.account() + " of " + b.period() + ": opening "
                    + plain(b.opening()) + " + debit " + plain(b.debit()) + " − credit " + plain(b.credit()) + " is " + plain(should)
                    + ", and the closing balance is " + plain(b.closing()) + ".");
        }
        Sum sum = periods.computeIfAbsent(b.period(), p -> new HashMap<>()).computeIfAbsent(b.account(), a -> new Sum(b.line()));
        (b.auxiliary().equals(Balance.NONE) ? sum.own() : sum.detail()).add(b);
        if (sum.line == b.line() && ++count > MOST) {
            throw new org.yuzui.plugin.finance.file.BadFile("too-many-balances", b.line(), "科目余额及发生额",
                    "The file has more balances than can be checked at once. Export it by months.");
        }
    }

    boolean isEmpty() {
        return periods.isEmpty();
    }

    boolean has(Period period) {
        return periods.containsKey(period);
    }

    /** What level 1 moved in debit. */
    BigDecimal debit(Period period, Chart chart) {
        BigDecimal debit = BigDecimal.ZERO;
        for (Map.Entry<String, Sum> e : periods.get(period).entrySet()) {
            Account account = chart.account(e.getKey());
            debit = account != null && account.level() == 1 ? debit.add(e.getValue().total().debit) : debit;
        }
        return debit;
    }

    void check(Chart chart, Findings findings) {
        Period before = null;
        for (Map.Entry<Period, Map<String, Sum>> e : periods.entrySet()) {
            Period period = e.getKey();
            checkLevels(period, e.getValue(), chart, findings);
            if (before != null) {
                if (!before.isFollowedBy(period)) {
                    findings.add("period-gap", 0, "会计期间号", "After the period " + before + " comes " + period
                            + "; those between are missing.");
                } else {
                    checkCarriedOver(before, period, findings);
                }
            }
            before = period;
        }
    }

    private void checkLevels(Period period, Map<String, Sum> sums, Chart chart, Findings findings) {
        Amounts top = new Amounts();
        Map<String, Amounts> children = new TreeMap<>();
        sums.forEach((code, sum) -> {
            Account account = chart.account(code);
            if (account == null) {
                findings.add("unknown-account", sum.line, "科目余额及发生额", "The account " + code + " is not in the chart.");
            } else if (account.level() == 1) {
                top.add(sum.total());
            } else if (account.parent() != null) {
                children.computeIfAbsent(account.parent(), p -> new Amounts()).add(sum.total());
            }
        });
        if (top.debit.compareTo(top.credit) != 0) {
            findings.add("level-unbalanced", 0, "科目余额及发生额", "Level 1 of " + period + ": debit " + plain(top.debit)
                    + " is not credit " + plain(top.credit) + ".");
        }
        children.forEach((code, sum) -> {
            Sum parent = sums.get(code);
            int level = chart.account(code).level();
            if (parent == null) {
                findings.add("no-parent-balance", 0, "科目余额及发生额", "Level " + level + " of " + period + ": the account " + code
                        + " has no balance, and those under it have.");
            } else if (!parent.total().same(sum)) {
                findings.add("level-unbalanced", parent.line, "科目余额及发生额", "Level " + (level + 1) + " of " + period
                        + ": what lies under " + code + " is " + sum + ", and the account itself " + parent.total() + ".");
            }
        });
    }

    private void checkCarriedOver(Period before, Period period, Findings findings) {
        if (before.year() != period.year()) {
            return; // the new year's opening follows the year's closing entries, or a new chart
        }
        Map<String, Sum> earlier = periods.get(before);
        periods.get(period).forEach((code, sum) -> {
            Sum last = earlier.get(code);
            BigDecimal closing = last == null ? BigDecimal.ZERO : last.total().closing;
            if (closing.compareTo(sum.total().opening) != 0) {
                findings.add("opening-wrong", sum.line, "科目余额及发生额", "Account " + code + " opens " + period + " with "
                        + plain(sum.total().opening) + " and closed " + before + " with " + plain(closing) + ".");
            }
        });
    }

    static String plain(BigDecimal amount) {
        return amount.setScale(Math.max(2, amount.stripTrailingZeros().scale())).toPlainString();
    }

    /** An account's rows of a period: what it states itself counts, else what its auxiliary items add up to. */
    private static final class Sum {

        private final int line;
        private Amounts own;
        private Amounts detail;

        Sum(int line) {
            this.line = line;
        }

        Amounts own() {
            return own = own == null ? new Amounts() : own;
        }

        Amounts detail() {
            return detail = detail == null ? new Amounts() : detail;
        }

        Amounts total() {
            return own != null ? own : detail;
        }
    }

    private static final class Amounts {

        private BigDecimal opening = BigDecimal.ZERO;
        private BigDecimal debit = BigDecimal.ZERO;
        private BigDecimal credit = BigDecimal.ZERO;
        private BigDecimal closing = BigDecimal.ZERO;

        void add(Balance b) {
            add(b.opening(), b.debit(), b.credit(), b.closing());
        }

        void add(Amounts a) {
            add(a.opening, a.debit, a.credit, a.closing);
        }

        private void add(BigDecimal o, BigDecimal d, BigDecimal c, BigDecimal cl) {
            opening = opening.add(o);
            debit = debit.add(d);
            credit = credit.add(c);
            closing = closing.add(cl);
        }

        boolean same(Amounts a) {
            return opening.compareTo(a.opening) == 0 && debit.compareTo(a.debit) == 0 && credit.compareTo(a.credit) == 0
                    && closing.compareTo(a.closing) == 0;
        }

        @Override
        public String toString() {
            return plain(opening) + " / " + plain(debit) + " / " + plain(credit) + " / " + plain(closing)
                    + " (opening, debit, credit, closing)";
        }
    }
}
