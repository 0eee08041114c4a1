package org.yuzui.reporting.internal.rollup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Indicator.Kind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up many answers of one form: a province's year has millions of cells, so each is read once, into a place of its own. Gives what
 * {@link Sums} and {@link Accumulated} give. Not thread-safe.
 */
final class AnswerSums {

    private static final JsonFactory JSON = new JsonFactory();
    /** Digits that surely fit a long. */
    private static final int SHORT = 18;

    private final Map<String, Integer> cells = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private final BigDecimal[] answer;
    /** PostgreSQL gives the cells of all answers in one order: what stood at a place in the answer before stands there again. */
    private String[] names = new String[0];
    private int[] places = new int[0];

    /**
     * One thing that is added up.
     *
     * @param cell   where its number stands in an answer
     * @param times  where the number stands that it is multiplied by; -1 for none
     * @param weight where the number stands without which it doesn't count; -1 for none
     * @param max    whether the greatest counts
     */
    private record Part(String key, int cell, int times, int weight, boolean max) {
    }

    /** What answers add up to. */
    static final class Row {
        private final BigDecimal[] values;
        private final int[] answers;
        private int received;

        private Row(int parts) {
            values = new BigDecimal[parts];
            answers = new int[parts];
        }
    }

    AnswerSums(Form form) {
        for (Indicator indicator : form.indicators()) {
            if (indicator.kind().answered()) {
                cells.put(indicator.code(), cells.size());
            }
        }
        for (Indicator indicator : form.indicators()) {
            int cell = cells.getOrDefault(indicator.code(), -1);
            if (indicator.kind() == Kind.WEIGHTED) {
                int weight = cells.getOrDefault(indicator.weight(), -1);
                if (weight >= 0) {
                    parts.add(new Part(indicator.code() + "*", cell, weight, weight, false));
                    parts.add(new Part(indicator.code() + "/", weight, -1, cell, false));
                }
            } else if (cell >= 0 && indicator.kind() != Kind.CHOICE) {
                parts.add(new Part(indicator.code(), cell, -1, -1, indicator.kind() == Kind.MAX));
            }
        }
        answer = new BigDecimal[cells.size()];
    }

    Row row() {
        return new Row(parts.size());
    }

    /** @param json an object of numbers, in UTF-8 */
    void add(byte[] json, Row to) {
        read(json);
        to.received++;
        int n = 0;
        for (Part part : parts) {
            BigDecimal value = answer[part.cell];
            if (value != null && (part.weight < 0 || answer[part.weight] != null)) {
                BigDecimal added = part.times < 0 ? value : value.multiply(answer[part.times]);
                BigDecimal before = to.values[n];
                to.values[n] = before == null ? added : part.max ? before.max(added) : before.add(added);
                to.answers[n]++;
            }
            n++;
        }
    }

    private void read(byte[] json) {
        Arrays.fill(answer, null);
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            int at = 0;
            for (String code = parser.nextFieldName(); code != null; code = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                int cell = place(code, at++);
                if (cell >= 0 && token.isNumeric()) {
                    answer[cell] = number(parser);
                } else if (token.isStructStart()) {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL gave cells that are none", e);
        }
    }

    private int place(String code, int at) {
        if (at >= names.length) {
            names = Arrays.copyOf(names, at + 64);
            places = Arrays.copyOf(places, at + 64);
        }
        if (!code.equals(names[at])) {
            names[at] = code;
            places[at] = cells.getOrDefault(code, -1);
        }
        return places[at];
    }

    /** Short ones without the detour by a text. */
    private static BigDecimal number(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length <= SHORT) {
            char[] text = parser.getTextCharacters();
            int at = parser.getTextOffset();
            int end = at + length;
            boolean negative = text[at] == '-';
            long digits = 0;
            int scale = -1;
            for (int i = negative ? at + 1 : at; i < end; i++) {
                char c = text[i];
                if (c == '.') {
                    scale = 0;
                } else if (c >= '0' && c <= '9') {
                    digits = digits * 10 + c - '0';
                    scale = scale < 0 ? -1 : scale + 1;
                } else {
                    return parser.getDecimalValue(); // 1e5
                }
            }
            return BigDecimal.valueOf(negative ? -digits : digits, Math.max(scale, 0));
        }
        return parser.getDecimalValue();
    }

    Accumulated accumulated(Row row) {
        Accumulated sums = new Accumulated();
        sums.received(row.received);
        for (int i = 0; i < parts.size(); i++) {
            if (row.values[i] != null) {
                sums.add(parts.get(i).key, row.values[i], row.answers[i], false);
            }
        }
        return sums;
    }
}
