package org.yuzui.rules.internal;

import org.kie.dmn.model.api.BusinessKnowledgeModel;
import org.kie.dmn.model.api.Context;
import org.kie.dmn.model.api.DRGElement;
import org.kie.dmn.model.api.Decision;
import org.kie.dmn.model.api.DecisionRule;
import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.Expression;
import org.kie.dmn.model.api.FunctionDefinition;
import org.kie.dmn.model.api.HitPolicy;
import org.kie.dmn.model.api.InputClause;
import org.kie.dmn.model.api.LiteralExpression;
import org.kie.dmn.model.api.OutputClause;
import org.kie.dmn.model.api.RuleAnnotation;
import org.yuzui.kernel.Title;
import org.yuzui.rules.DecisionTable;
import org.yuzui.rules.DecisionTable.Column;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads the decision tables of a model as text. */
final class TableText {

    private final DmnFile file;
    private final Map<String, DecisionTable> byId = new LinkedHashMap<>();

    TableText(Definitions model, DmnFile file) {
        this.file = file;
        for (DRGElement element : model.getDrgElement()) {
            if (element instanceof Decision decision) {
                collect(decision.getName(), file.title(decision.getId(), decision.getName()), decision.getExpression());
            } else if (element instanceof BusinessKnowledgeModel function && function.getEncapsulatedLogic() != null) {
                collect(function.getName(), file.title(function.getId(), function.getName()),
                        function.getEncapsulatedLogic().getExpression());
            }
        }
    }

    /** By the ids of their elements, in the file's order. */
    Map<String, DecisionTable> byId() {
        return byId;
    }

    private void collect(String name, Title title, Expression expression) {
        if (expression instanceof org.kie.dmn.model.api.DecisionTable table) {
            byId.put(table.getId() == null ? "table " + byId.size() : table.getId(), of(name, title, table));
        } else if (expression instanceof Context context) {
            context.getContextEntry().forEach(e -> collect(
                    e.getVariable() == null ? name : name + "." + e.getVariable().getName(), title, e.getExpression()));
        } else if (expression instanceof FunctionDefinition function) {
            collect(name, title, function.getExpression());
        }
    }

    /** @param title how an output is called that has no name of its own */
    DecisionTable of(String name, Title title, org.kie.dmn.model.api.DecisionTable table) {
        String policy = table.getHitPolicy().value();
        if (table.getHitPolicy() == HitPolicy.COLLECT && table.getAggregation() != null) {
            policy += " " + table.getAggregation().value();
        }
        return new DecisionTable(name, policy, table.getInput().stream().map(this::column).toList(),
                table.getOutput().stream().map(o -> column(o, title)).toList(),
                table.getRule().stream().map(TableText::row).toList());
    }

    private Column column(InputClause input) {
        String expression = text(input.getInputExpression());
        return new Column(file.title(input.getId(), input.getLabel() != null ? input.getLabel() : expression), expression,
                input.getInputExpression() == null ? null : ModelText.type(input.getInputExpression().getTypeRef()),
                input.getInputValues() == null ? null : blankToNull(input.getInputValues().getText()));
    }

    private Column column(OutputClause output, Title otherwise) {
        String name = output.getLabel() != null ? output.getLabel() : output.getName();
        return new Column(name == null ? otherwise : file.title(output.getId(), name), null, ModelText.type(output.getTypeRef()),
                output.getOutputValues() == null ? null : blankToNull(output.getOutputValues().getText()));
    }

    private static DecisionTable.Row row(DecisionRule rule) {
        return new DecisionTable.Row(rule.getInputEntry().stream().map(e -> strip(e.getText())).toList(),
                rule.getOutputEntry().stream().map(TableText::text).toList(),
                rule.getAnnotationEntry().stream().map(RuleAnnotation::getText).filter(Objects::nonNull)
                        .map(String::strip).filter(s -> !s.isEmpty()).collect(Collectors.joining("; ")));
    }

    private static String text(LiteralExpression expression) {
        return expression == null ? "" : strip(expression.getText());
    }

    private static String strip(String text) {
        return text == null ? "" : text.strip();
    }

    /** Without the indentation that all of its lines have from the XML around it. */
    static String indented(String text) {
        if (text == null || text.isBlank()) {
            return "";
        }
        List<String> lines = text.stripTrailing().lines().dropWhile(String::isBlank).toList();
        int common = lines.stream().skip(text.startsWith("\n") || text.startsWith("\r") ? 0 : 1).filter(l -> !l.isBlank())
                .mapToInt(l -> l.length() - l.stripLeading().length()).min().orElse(0);
        return lines.stream().map(l -> l.substring(Math.min(common, l.length() - l.stripLeading().length()))).collect(Collectors.joining("\n"))
                .strip();
    }

    static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
