package org.yuzui.plugin.finance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes each unit's answer to {@code finance-monthly} of its expense records: all books and periods of the month added up. Expenses
 * lie in the store under the last day of their month.
 */
public final class MonthlyReport {

    private static final String ARRIVED = "FinanceArrived";
    /** Indicator by economic category; what is not here is under {@code other}. */
    private static final Map<String, String> INDICATORS = new LinkedHashMap<>();
    private static final String[] ALL = {"staff", "office", "water", "electricity", "post", "heating", "property", "travel",
        "maintenance", "lease", "meeting", "training", "reception", "vehicles", "other", "total"};

    static {
        String[] pairs = {"30201", "office", "30205", "water", "30206", "electricity", "30207", "post", "30208", "heating",
            "30209", "property", "30211", "travel", "30213", "maintenance", "30214", "lease", "30215", "meeting",
            "30216", "training", "30217", "reception", "30231", "vehicles"};
        for (int i = 0; i < pairs.length; i += 2) {
            INDICATORS.put(pairs[i], pairs[i + 1]);
        }
    }

    /** Notes the expense that came, and says which day's to read beside it: those of its unit and month. */
    public void ask(Exchange exchange) {
        JsonNode expense = exchange.getMessage().getBody(JsonNode.class);
        exchange.setProperty(ARRIVED, expense);
        exchange.getMessage().setHeader(Headers.DAY, expense.path("day").asText());
        exchange.getMessage().setHeader("FinanceUnit", expense.path("unit").asText());
    }

    /** The body, a list of {@code finance.expense.v1} of one month, becomes a list of answers. */
    public void answers(Exchange exchange) {
        Map<String, JsonNode> expenses = new TreeMap<>();
        for (Object record : exchange.getMessage().getBody(List.class)) {
            expenses.put(key((JsonNode) record), (JsonNode) record);
        }
        // The store may not have it yet.
        JsonNode arrived = exchange.getProperty(ARRIVED, JsonNode.class);
        if (arrived != null) {
            expenses.put(key(arrived), arrived);
        }
        Map<String, Map<String, BigDecimal>> units = new TreeMap<>();
        expenses.values().forEach(e -> add(e, units.computeIfAbsent(e.path("unit").asText(), u -> zeros())));
        List<ObjectNode> answers = new ArrayList<>();
        for (Map.Entry<String, Map<String, BigDecimal>> unit : units.entrySet()) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put("unit", unit.getKey());
            answer.put("period", expenses.values().iterator().next().path("month").asText());
            ObjectNode values = answer.putObject("values");
            unit.getValue().forEach(values::put);
            answers.add(answer);
        }
        exchange.getMessage().setBody(answers);
    }

    private static void add(JsonNode expense, Map<String, BigDecimal> sums) {
        for (JsonNode category : expense.path("categories")) {
            String code = category.path("code").asText();
            String indicator = code.startsWith("301") ? "staff" : INDICATORS.getOrDefault(code, "other");
            sums.merge(indicator, category.path("amount").decimalValue(), BigDecimal::add);
            sums.merge("total", category.path("amount").decimalValue(), BigDecimal::add);
        }
    }

    private static Map<String, BigDecimal> zeros() {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        for (String indicator : ALL) {
            sums.put(indicator, BigDecimal.ZERO);
        }
        return sums;
    }

    private static String key(JsonNode expense) {
        return expense.path("unit").asText() + "|" + expense.path("book").asText() + "|" + expense.path("year") + "|"
                + expense.path("period");
    }
}
