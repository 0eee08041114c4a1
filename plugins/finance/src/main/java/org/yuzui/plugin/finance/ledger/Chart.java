package org.yuzui.plugin.finance.ledger;

import org.yuzui.plugin.finance.file.Findings;
import org.yuzui.plugin.finance.file.Row;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The chart of accounts: codes by the rule of the ledger ({@code 4-2-2}), each below one that is there. */
final class Chart {

    static final int MOST_ACCOUNTS = 200_000;
    private static final int MOST_LEVELS = 20;

    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, Account> accounts = new HashMap<>();
    /** Lengths of the codes by level, the first is of level 1; empty when the ledger states no rule. */
    private int[] lengths = {};

    void rule(Row basics) {
        String rule = basics.text("rule");
        if (rule.isEmpty()) {
            return;
        }
        if (!rule.matches("\\d{1,2}([^0-9]\\d{1,2}){0,19}")) {
            throw basics.bad("bad-rule", "rule", "The rule of account codes is not like 4-2-2.");
        }
        String[] parts = rule.split("[^0-9]");
        lengths = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            lengths[i] = Integer.parseInt(parts[i]) + (i == 0 ? 0 : lengths[i - 1]);
        }
    }

    void take(Row account) {
        String code = account.required("code");
        account.limited("code", 60);
        Map<String, String> kept = new HashMap<>();
        kept.put("name", account.limited("name", 200));
        kept.put("level", account.text("level"));
        kept.values().removeIf(String::isEmpty);
        if (rows.put(code, new Row(account.table(), account.name(), kept, account.line())) != null) {
            throw account.bad("account-twice", "code", "The account " + code + " stands in the chart twice.");
        }
        if (rows.size() > MOST_ACCOUNTS) {
            throw account.bad("too-many-accounts", "code", "The chart has more than " + MOST_ACCOUNTS + " accounts.");
        }
    }

    /** To be called when all accounts are known. */
    void build(Findings findings) {
        rows.forEach((code, row) -> {
            int level = level(code, row, findings);
            String parent = level == 1 ? null : parent(code, level);
            if (level > 1 && parent == null) {
                findings.add("no-parent", row.line(), row.name(), "The account " + code + " is of level " + level
                        + " and none above it is in the chart.");
            }
            accounts.put(code, new Account(code, row.text("name"), level, parent));
        });
        accounts.values().forEach(a -> {
            if (a.parent() != null && accounts.get(a.parent()).level() != a.level() - 1) {
                findings.add("wrong-level", rows.get(a.code()).line(), rows.get(a.code()).name(), "The account " + a.code()
                        + " is of level " + a.level() + ", and " + a.parent() + " above it is not of level " + (a.level() - 1) + ".");
            }
        });
        rows.clear();
    }

    private int level(String code, Row row, Findings findings) {
        int byRule = 0;
        for (int i = 0; i < lengths.length && byRule == 0; i++) {
            byRule = code.length() == lengths[i] ? i + 1 : 0;
        }
        if (lengths.length > 0 && byRule == 0) {
            findings.add("wrong-code", row.line(), row.name(), "The code " + code + " has no length of the ledger's rule.");
        }
        if (row.text("level").isEmpty() && byRule > 0) {
            return byRule;
        }
        int stated = row.number("level", 1, MOST_LEVELS);
        if (byRule > 0 && byRule != stated) {
            findings.add("wrong-level", row.line(), row.name(), "The account " + code + " states level " + stated
                    + ", and its code is of level " + byRule + ".");
        }
        return stated;
    }

    private String parent(String code, int level) {
        if (lengths.length >= level) {
            String parent = code.length() > lengths[level - 2] ? code.substring(0, lengths[level - 2]) : null;
            return parent != null && rows.containsKey(parent) ? parent : null;
        }
        for (int length = code.length() - 1; length > 0; length--) {
            String parent = code.substring(0, length);
            if (rows.containsKey(parent)) {
                return parent;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return accounts.isEmpty();
    }

    /** Null when it is not there. */
    Account account(String code) {
        return accounts.get(code);
    }

    Iterable<Account> all() {
        return accounts.values();
    }
}
