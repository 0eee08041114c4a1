package org.yuzui.plugin.finance.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What counts as an expense and of which economic category it is: by the account's code in the site's settings, longest
 * beginning first, else by its name in the list of categories.
 *
 * @param expenses  beginnings of the codes of accounts of expense
 * @param carryOver beginnings of the codes of accounts that take the expenses over at the end of a period: a voucher that
 *                  touches one of them is no expense
 */
public record ExpenseRules(Iterable<String> expenses, Iterable<String> carryOver, Map<String, String> byAccount,
                           Map<String, String> byName, Map<String, String> titles, List<Item> items) {

    /**
     * Something within a category that others ask for, such as fuel among what official vehicles cost.
     *
     * @param accounts  names of accounts that are only for it
     * @param summaries words in the summary of a line that tell it where the account doesn't
     */
    public record Item(String code, String category, Set<String> accounts, List<String> summaries) {
    }

    /** What no rule knows. */
    public static final String OTHER = "other";
    private static final String DEFAULT = "/org/yuzui/plugin/finance/economic-categories.json";

    /** @param file a file of the site in place of the one that the plugin carries; null for none */
    public static ExpenseRules load(Path file, Iterable<String> expenses, Iterable<String> carryOver, Map<String, String> byAccount) {
        try (InputStream in = file == null ? ExpenseRules.class.getResourceAsStream(DEFAULT) : Files.newInputStream(file)) {
            JsonNode tree = new ObjectMapper().readTree(in);
            Map<String, String> titles = new LinkedHashMap<>();
            Map<String, String> names = new HashMap<>();
            tree.path("categories").properties().forEach(c -> {
                titles.put(c.getKey(), c.getValue().path(0).asText());
                c.getValue().forEach(name -> names.put(name.asText(), c.getKey()));
            });
            return new ExpenseRules(expenses, carryOver, Map.copyOf(byAccount), Map.copyOf(names), titles, items(tree.path("items")));
        } catch (IOException e) {
            throw new UncheckedIOException("The categories " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static List<Item> items(JsonNode tree) {
        List<Item> items = new ArrayList<>();
        tree.properties().forEach(i -> {
            List<String> summaries = new ArrayList<>();
            i.getValue().path("summaries").forEach(s -> summaries.add(s.asText()));
            Set<String> accounts = new HashSet<>();
            i.getValue().path("accounts").forEach(a -> accounts.add(a.asText()));
            items.add(new Item(i.getKey(), i.getValue().path("category").asText(), accounts, summaries));
        });
        return items;
    }

    /** What a line of that category is, by the account's name, one above it or the summary; null when nothing tells. */
    String item(String category, Account account, Chart chart, String summary) {
        for (Item item : items) {
            if (item.category.equals(category)) {
                for (Account a = account; a != null; a = a.parent() == null ? null : chart.account(a.parent())) {
                    if (item.accounts.contains(a.name())) {
                        return item.code;
                    }
                }
                if (item.summaries.stream().anyMatch(summary::contains)) {
                    return item.code;
                }
            }
        }
        return null;
    }

    boolean isExpense(String account) {
        return begins(account, expenses);
    }

    boolean isCarryOver(String account) {
        return begins(account, carryOver);
    }

    /** The category of an account, or of the nearest above it that has one. */
    String category(Account account, Chart chart) {
        for (int length = account.code().length(); length > 0; length--) {
            String category = byAccount.get(account.code().substring(0, length));
            if (category != null) {
                return category;
            }
        }
        for (Account a = account; a != null; a = a.parent() == null ? null : chart.account(a.parent())) {
            String category = byName.get(a.name());
            if (category != null) {
                return category;
            }
        }
        return OTHER;
    }

    private static boolean begins(String account, Iterable<String> with) {
        for (String beginning : with) {
            if (account.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
