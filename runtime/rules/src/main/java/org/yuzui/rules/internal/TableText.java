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
import org.yuzui.rules.DecisionTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads the decision tables of a model as text. */
final class TableText {

    private TableText() {
    }

    static List<DecisionTable> of(Definitions model) {
        List<DecisionTable> tables = new ArrayList<>();
        for (DRGElement element : model.getDrgElement()) {
            if (element instanceof Decision decision) {
                collect(decision.getName(), decision.getExpression(), tables);
            } else if (element instanceof BusinessKnowledgeModel function && function.getEncapsulatedLogic() != null) {
                collect(function.getName(), function.getEncapsulatedLogic().getExpression(), tables);
            }
        }
        return List.copyOf(tables);
    }

    private static void collect(String name, Expression expression, List<DecisionTable> tables) {
        if (expression instanceof org.kie.dmn.model.api.DecisionTable table) {
            tables.add(table(name, table));
        } else if (expression instanceof Context context) {
            context.getContextEntry().forEach(e -> collect(
                    e.getVariable() == null ? name : name + "." + e.getVariable().getName(), e.getExpression(), tables));
        } else if (expression instanceof FunctionDefinition function) {
            collect(name, function.getExpression(), tables);
        }
    }

    private static DecisionTable table(String name, org.kie.dmn.model.api.DecisionTable table) {
        String policy = table.getHitPolicy().value();
        if (table.getHitPolicy() == HitPolicy.COLLECT && table.getAggregation() != null) {
            policy += " " + table.getAggregation().value();
        }
        return new DecisionTable(name, policy, table.getInput().stream().map(TableText::heading).toList(),
                table.getOutput().stream().map(o -> heading(o, name)).toList(),
                table.getRule().stream().map(TableText::row).toList());
    }

    private static String heading(InputClause input) {
        return input.getLabel() != null ? input.getLabel() : text(input.getInputExpression());
    }

    private static String heading(OutputClause output, String otherwise) {
        return output.getLabel() != null ? output.getLabel() : output.getName() != null ? output.getName() : otherwise;
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
}
