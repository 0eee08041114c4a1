package org.yuzui.reporting.internal.rollup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.ReportFile.Verification;
import org.yuzui.reporting.Signature;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.internal.submission.Digest;
import org.yuzui.reporting.internal.submission.Numbers;
import org.yuzui.reporting.internal.units.UnitTree;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** An exported report: what was asked, who is below whom, every answer with its digest, and the totals that they give. */
public final class ReportDocument {

    private static final String FORMAT = "yuzui-report-1";
    private static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.INDENT_OUTPUT).configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true).build();

    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    private ReportDocument(JsonNode root) {
        this.root = root;
    }

    static byte[] write(Form form, Period period, Unit unit, List<Unit> tree, List<Submission> answers,
                        Map<String, Map<String, BigDecimal>> totals, Instant at) {
        ObjectNode root = JSON.createObjectNode().put("format", FORMAT).put("form", form.id()).put("version", form.version())
                .put("title", form.title().zh()).put("period", period.toString()).put("unit", unit.code()).put("exported", at.toString());
        ArrayNode indicators = root.putArray("indicators");
        form.indicators().forEach(i -> indicators.addObject().put("code", i.code()).put("title", i.title().zh())
                .put("unit", i.unit()).put("precision", i.precision()).put("kind", i.kind().word()).put("numerator", i.numerator())
                .put("denominator", i.denominator()).put("factor", i.factor()).put("weight", i.weight()).put("formula", i.formula()));
        ArrayNode units = root.putArray("units");
        tree.forEach(u -> units.addObject().put("code", u.code()).put("name", u.name()).put("level", u.level().name())
                .put("parent", u.code().equals(unit.code()) ? null : u.parent()));
        ArrayNode submissions = root.putArray("submissions");
        answers.forEach(s -> {
            ObjectNode one = submissions.addObject().put("unit", s.unit()).put("version", s.version()).put("at", s.at().toString())
                    .put("who", s.by().who()).put("door", s.by().door()).put("record", s.record() == null ? null : s.record().toString());
            ObjectNode cells = one.putObject("values");
            s.values().forEach((code, value) -> cells.put(code, value.toPlainString()));
            one.put("digest", Digest.of(s));
        });
        ArrayNode sums = root.putArray("totals");
        totals.forEach((code, values) -> {
            ObjectNode cells = sums.addObject().put("unit", code).putObject("values");
            values.forEach((cell, value) -> cells.put(cell, value.toPlainString()));
        });
        root.put("digest", digest(root));
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written as JSON", e);
        }
    }

    /** Recomputes everything that the document says from its answers. */
    public static Verification verify(byte[] bytes) {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (IOException e) {
            return new Verification(null, null, null, 0, 0, List.of("It is not JSON."), null);
        }
        if (!root.path("format").asText().equals(FORMAT)) {
            return new Verification(null, null, null, 0, 0, List.of("It is not a report that a hub exported."), null);
        }
        return new ReportDocument(root).verify();
    }

    private Verification verify() {
        String digest = digest(root);
        if (!digest.equals(root.path("digest").asText())) {
            problems.add("The document was changed: its digest is " + digest + ", and it says " + root.path("digest").asText() + ".");
        }
        try {
            Period period = Period.parse(root.path("period").asText());
            Form form = form(period);
            List<Submission> answers = answers(form, period);
            List<Unit> units = new ArrayList<>();
            root.path("units").forEach(u -> units.add(new Unit(text(u, "code"), text(u, "name"), text(u, "name"),
                    Unit.Level.valueOf(text(u, "level")), text(u, "parent"))));
            UnitTree tree = new UnitTree(units, "the document");
            Map<String, Integer> respondents = new HashMap<>();
            answers.forEach(a -> respondents.put(a.unit(), 1));
            RollUp rollUp = new RollUp(form, new Answering(tree, respondents, Set.of()));
            answers.forEach(rollUp::add);
            compare(rollUp.total(tree.root()));
        } catch (RuntimeException e) {
            problems.add("It can't be recomputed: " + e.getMessage());
        }
        return new Verification(text(root, "form"), text(root, "period"), text(root, "unit"), root.path("submissions").size(),
                root.path("totals").size(), List.copyOf(problems), digest);
    }

    private Form form(Period period) {
        List<Indicator> indicators = new ArrayList<>();
        List<String> respondents = new ArrayList<>();
        root.path("indicators").forEach(i -> indicators.add(new Indicator(text(i, "code"), new Title(text(i, "title"), null),
                text(i, "unit"), i.path("precision").asInt(), Indicator.Kind.valueOf(text(i, "kind").toUpperCase(Locale.ROOT)),
                text(i, "numerator"), text(i, "denominator"), i.path("factor").asInt(), text(i, "weight"), text(i, "formula"), false,
                true, true, Map.of())));
        root.path("submissions").forEach(s -> respondents.add(text(s, "unit")));
        return new Form(text(root, "form"), new Title(text(root, "title"), null), "", period.kind(), indicators, respondents);
    }

    private List<Submission> answers(Form form, Period period) {
        List<Submission> answers = new ArrayList<>();
        root.path("submissions").forEach(s -> {
            Map<String, BigDecimal> values = new LinkedHashMap<>();
            s.path("values").properties().forEach(c -> values.put(c.getKey(), new BigDecimal(c.getValue().asText())));
            Submission answer = new Submission(form.id(), text(s, "unit"), period, s.path("version").asInt(),
                    Instant.parse(text(s, "at")), text(s, "record") == null ? null : UUID.fromString(text(s, "record")), values,
                    new Signature(text(s, "who"), text(s, "door")), null, 0, List.of());
            if (!Digest.of(answer).equals(text(s, "digest"))) {
                problems.add("The answer of " + answer.unit() + " was changed: it has not the digest that it was signed with.");
            }
            answers.add(answer);
        });
        return answers;
    }

    private void compare(Total total) {
        Map<String, Map<String, BigDecimal>> made = new HashMap<>();
        gather(total, made);
        root.path("totals").forEach(t -> {
            Map<String, BigDecimal> values = made.getOrDefault(text(t, "unit"), Map.of());
            t.path("values").properties().forEach(c -> {
                BigDecimal is = values.get(c.getKey());
                if (is == null || is.compareTo(new BigDecimal(c.getValue().asText())) != 0) {
                    problems.add("The total of " + text(t, "unit") + " for " + c.getKey() + " is "
                            + (is == null ? "nothing" : is.toPlainString()) + ", and it says " + c.getValue().asText() + ".");
                }
            });
            values.keySet().stream().filter(code -> !t.path("values").has(code))
                    .forEach(code -> problems.add("The total of " + text(t, "unit") + " for " + code + " is left out."));
        });
    }

    private static void gather(Total total, Map<String, Map<String, BigDecimal>> into) {
        into.put(total.unit().code(), total.values());
        total.parts().forEach(part -> gather(part, into));
    }

    /** Over everything but itself, written down in one way only. */
    private static String digest(JsonNode root) {
        StringBuilder text = new StringBuilder();
        write(root, "", text);
        return Digest.sha256(text.toString());
    }

    private static void write(JsonNode node, String at, StringBuilder text) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
            sorted.forEach((key, value) -> {
                if (!(at.isEmpty() && key.equals("digest"))) {
                    write(value, at + "/" + key, text);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                write(node.get(i), at + "/" + i, text);
            }
        } else if (!node.isNull()) {
            text.append(at).append('=').append(node.isNumber() ? Numbers.plain(node.decimalValue()).toPlainString() : node.asText())
                    .append('\n');
        }
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asText(null);
    }
}
