package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.kie.dmn.model.api.BusinessKnowledgeModel;
import org.kie.dmn.model.api.Context;
import org.kie.dmn.model.api.DMNElementReference;
import org.kie.dmn.model.api.DRGElement;
import org.kie.dmn.model.api.Decision;
import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.Expression;
import org.kie.dmn.model.api.FunctionDefinition;
import org.kie.dmn.model.api.InformationItem;
import org.kie.dmn.model.api.InformationRequirement;
import org.kie.dmn.model.api.InputData;
import org.kie.dmn.model.api.Invocation;
import org.kie.dmn.model.api.KnowledgeRequirement;
import org.kie.dmn.model.api.LiteralExpression;
import org.kie.dmn.model.api.Relation;
import org.yuzui.kernel.Title;
import org.yuzui.rules.RuleModel;
import org.yuzui.rules.RuleModel.Element;
import org.yuzui.rules.RuleModel.Kind;
import org.yuzui.rules.RuleModel.Logic;

import javax.xml.namespace.QName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a model as text: its elements, what they stand on, and how they decide. */
final class ModelText {

    private final Definitions model;
    private final DmnFile file;
    private final TableText tables;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Title> titles = new HashMap<>();

    ModelText(Definitions model, DmnFile file) {
        this.model = model;
        this.file = file;
        this.tables = new TableText(model, file);
        for (DRGElement element : model.getDrgElement()) {
            names.put(element.getId(), element.getName());
            titles.put(element.getName(), file.title(element.getId(), element.getName()));
        }
    }

    RuleModel with(List<RuleModel.Finding> findings) {
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        ItemShapes shapes = new ItemShapes(model, file);
        List<Element> elements = new ArrayList<>();
        for (DRGElement element : model.getDrgElement()) {
            if (element instanceof InputData input) {
                elements.add(element(Kind.INPUT, element, input.getVariable(), List.of(), List.of()));
                example.set(input.getName(), example(shapes.of(input.getVariable().getTypeRef()), 0));
            } else if (element instanceof Decision decision) {
                elements.add(element(Kind.DECISION, element, decision.getVariable(),
                        Stream.concat(decision.getInformationRequirement().stream().map(this::name),
                                decision.getKnowledgeRequirement().stream().map(this::name)).filter(Objects::nonNull).toList(),
                        logic(decision.getName(), decision.getExpression())));
            } else if (element instanceof BusinessKnowledgeModel function) {
                elements.add(element(Kind.FUNCTION, element, null,
                        function.getKnowledgeRequirement().stream().map(this::name).filter(Objects::nonNull).toList(),
                        logic(function.getName(), function.getEncapsulatedLogic())));
            }
        }
        return new RuleModel(List.copyOf(elements), List.copyOf(findings), example);
    }

    private Element element(Kind kind, DRGElement element, InformationItem variable, List<String> needs, List<Logic> logic) {
        return new Element(kind, element.getName(), titles.get(element.getName()),
                variable == null ? null : type(variable.getTypeRef()), file.isOptional(element.getId()),
                TableText.blankToNull(element.getDescription()), needs, logic);
    }

    private String name(InformationRequirement requirement) {
        return name(requirement.getRequiredDecision() == null ? requirement.getRequiredInput() : requirement.getRequiredDecision());
    }

    private String name(KnowledgeRequirement requirement) {
        return name(requirement.getRequiredKnowledge());
    }

    private String name(DMNElementReference reference) {
        return reference == null ? null : names.get(reference.getHref().substring(reference.getHref().indexOf('#') + 1));
    }

    static String type(QName type) {
        return type == null ? null : type.getLocalPart();
    }

    private List<Logic> logic(String element, Expression expression) {
        List<Logic> logic = new ArrayList<>();
        collect(element, null, expression, logic);
        return List.copyOf(logic);
    }

    private void collect(String element, String entry, Expression expression, List<Logic> logic) {
        if (expression instanceof org.kie.dmn.model.api.DecisionTable table) {
            logic.add(new Logic(entry, null, tables.of(entry == null ? element : element + "." + entry, titles.get(element), table)));
        } else if (expression instanceof Context context) {
            context.getContextEntry().forEach(e -> {
                String name = e.getVariable() == null ? null : e.getVariable().getName();
                collect(element, entry == null ? name : name == null ? entry : entry + "." + name, e.getExpression(), logic);
            });
        } else if (expression instanceof FunctionDefinition function) {
            if (function.getExpression() instanceof org.kie.dmn.model.api.DecisionTable) {
                collect(element, entry, function.getExpression(), logic);
            } else {
                String parameters = function.getFormalParameter().stream().map(InformationItem::getName)
                        .collect(Collectors.joining(", ", "(", ")"));
                collect(element, entry == null ? parameters : entry + parameters, function.getExpression(), logic);
            }
        } else if (expression != null) {
            logic.add(new Logic(entry, text(expression), null));
        }
    }

    private static String text(Expression expression) {
        if (expression instanceof LiteralExpression literal) {
            return TableText.indented(literal.getText());
        }
        if (expression instanceof Invocation invocation) {
            return text(invocation.getExpression()) + invocation.getBinding().stream()
                    .map(b -> b.getParameter().getName() + ": " + text(b.getExpression())).collect(Collectors.joining(", ", "(", ")"));
        }
        if (expression instanceof org.kie.dmn.model.api.List list) {
            return list.getExpression().stream().map(ModelText::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (expression instanceof Relation relation) {
            List<String> columns = relation.getColumn().stream().map(InformationItem::getName).toList();
            return relation.getRow().stream().map(row -> {
                List<String> cells = row.getExpression().stream().map(ModelText::text).toList();
                List<String> pairs = new ArrayList<>();
                for (int i = 0; i < cells.size() && i < columns.size(); i++) {
                    pairs.add(columns.get(i) + ": " + cells.get(i));
                }
                return pairs.stream().collect(Collectors.joining(", ", "{", "}"));
            }).collect(Collectors.joining(",\n ", "[", "]"));
        }
        return "";
    }

    /** A value of that shape, without meaning. */
    private static JsonNode example(Shape shape, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (shape instanceof Shape.Scalar scalar) {
            return switch (scalar) {
                case TEXT -> nodes.textNode("");
                case NUMBER -> nodes.numberNode(0);
                case BOOLEAN -> nodes.booleanNode(false);
                case DATE -> nodes.textNode("2026-01-01");
                case TIME -> nodes.textNode("08:30:00");
                case DATE_TIME -> nodes.textNode("2026-01-01T08:30:00+08:00");
                case DURATION -> nodes.textNode("P1D");
            };
        }
        if (shape instanceof Shape.Many many) {
            ArrayNode array = nodes.arrayNode();
            return depth > 4 ? array : array.add(example(many.item(), depth + 1));
        }
        if (shape instanceof Shape.Parts parts) {
            ObjectNode object = nodes.objectNode();
            parts.fields().forEach((name, field) -> object.set(name, example(field, depth + 1)));
            return object;
        }
        return nodes.nullNode();
    }
}
