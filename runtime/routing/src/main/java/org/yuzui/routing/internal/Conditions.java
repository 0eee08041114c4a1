package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.yuzui.records.RecordQuery;
import org.yuzui.records.RecordQuery.Condition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code where} of a query: conditions on index fields, joined by {@code ;}. A value that begins with {@code :} is
 * the name of a header, whose text is compared; it never becomes part of the query's own text.
 */
final class Conditions {

    private static final Pattern CONDITION = Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*(<=|>=|!=|=|<|>)\\s*(.*?)\\s*");

    private final List<Condition> templates;

    private Conditions(List<Condition> templates) {
        this.templates = templates;
    }

    /** @throws IllegalArgumentException naming the part that can't be read */
    static Conditions parse(String where) {
        List<Condition> all = new ArrayList<>();
        if (where != null && !where.isBlank()) {
            for (String part : where.split(";")) {
                Matcher m = CONDITION.matcher(part);
                if (!m.matches()) {
                    throw new IllegalArgumentException("'" + part
                            + "' is not a condition: write field=value, with = != < <= > or >=.");
                }
                all.add(new Condition(m.group(1), operator(m.group(2)), m.group(3)));
            }
        }
        return new Conditions(List.copyOf(all));
    }

    List<Condition> bind(Exchange exchange) {
        return templates.stream().map(c -> {
            if (!c.value().startsWith(":")) {
                return c;
            }
            String header = c.value().substring(1);
            String value = exchange.getMessage().getHeader(header, String.class);
            if (value == null) {
                throw new IllegalStateException("The query needs the header " + header + ", which is not set.");
            }
            return new Condition(c.field(), c.op(), value);
        }).toList();
    }

    private static RecordQuery.Op operator(String sign) {
        return switch (sign) {
            case "=" -> RecordQuery.Op.EQ;
            case "!=" -> RecordQuery.Op.NE;
            case "<" -> RecordQuery.Op.LT;
            case "<=" -> RecordQuery.Op.LE;
            case ">" -> RecordQuery.Op.GT;
            default -> RecordQuery.Op.GE;
        };
    }
}
