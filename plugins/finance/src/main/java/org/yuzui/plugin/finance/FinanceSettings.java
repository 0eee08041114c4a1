package org.yuzui.plugin.finance;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.finance.file.Mapping;
import org.yuzui.plugin.finance.ledger.ExpenseRules;
import org.yuzui.spi.Settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plugin's settings, read once.
 *
 * @param books    by what the names of their files begin with
 * @param agencies the unit of each agency of the budget
 */
record FinanceSettings(Map<String, Book> books, Map<String, String> agencies, Mapping mapping, ExpenseRules expenses) {

    static FinanceSettings of(Settings settings) {
        Map<String, Book> books = new LinkedHashMap<>();
        settings.tree().path("books").properties()
                .forEach(b -> books.put(b.getKey(), new Book(b.getKey(), b.getValue().path("unit").asText())));
        return new FinanceSettings(books, settings.map("agencies"),
                Mapping.load(file(settings, "mapping")),
                ExpenseRules.load(file(settings, "categories"), texts(settings.tree().path("expenseAccounts")),
                        texts(settings.tree().path("carryOverAccounts")), settings.map("categoryOfAccount")));
    }

    private static Path file(Settings settings, String name) {
        return settings.text(name).filter(f -> !f.isBlank()).map(Path::of).orElse(null);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(n -> texts.add(n.asText()));
        return texts;
    }
}
