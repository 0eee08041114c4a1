package org.yuzui.routing.internal;

import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.util.URISupport;
import org.yuzui.routing.RouteStep;
import org.yuzui.routing.RouteStep.Branch;

import java.util.ArrayList;
import java.util.List;

/** Reads a route's steps from Camel's model of it, which keeps settings by their names. */
final class RouteSteps {

    private static final int LONGEST = 300;

    private RouteSteps() {
    }

    static String from(RouteDefinition route) {
        return address(route.getInput().getEndpointUri());
    }

    static List<RouteStep> of(RouteDefinition route) {
        return steps(route.getOutputs());
    }

    private static List<RouteStep> steps(List<ProcessorDefinition<?>> outputs) {
        return outputs.stream().map(RouteSteps::step).toList();
    }

    private static RouteStep step(ProcessorDefinition<?> p) {
        return new RouteStep(p.getShortName(), label(p), p.hasCustomIdAssigned() ? p.getId() : null,
                p.getLineNumber() > 0 ? p.getLineNumber() : null, branches(p));
    }

    private static List<Branch> branches(ProcessorDefinition<?> p) {
        List<Branch> branches = new ArrayList<>();
        if (p instanceof ChoiceDefinition choice) {
            for (WhenDefinition when : choice.getWhenClauses()) {
                branches.add(new Branch("when", expression(when.getExpression()), steps(when.getOutputs())));
            }
            if (choice.getOtherwise() != null) {
                branches.add(new Branch("otherwise", "", steps(choice.getOtherwise().getOutputs())));
            }
        } else if (p instanceof TryDefinition tried) {
            branches.add(new Branch("doTry", "", steps(tried.getOutputsWithoutCatches())));
            for (CatchDefinition caught : tried.getCatchClauses()) {
                branches.add(new Branch("doCatch", String.join(", ", caught.getExceptions()), steps(caught.getOutputs())));
            }
            if (tried.getFinallyClause() != null) {
                branches.add(new Branch("doFinally", "", steps(tried.getFinallyClause().getOutputs())));
            }
        } else if (!p.getOutputs().isEmpty()) {
            branches.add(new Branch(p.getShortName(), "", steps(p.getOutputs())));
        }
        return branches;
    }

    private static String label(ProcessorDefinition<?> p) {
        if (p instanceof ChoiceDefinition || p instanceof TryDefinition) {
            return "";
        }
        if (p instanceof OnExceptionDefinition on) {
            return String.join(", ", on.getExceptions());
        }
        if (p instanceof ToDynamicDefinition to) {
            return address(to.getUri());
        }
        if (p instanceof EndpointRequiredDefinition to) {
            return address(to.getEndpointUri());
        }
        if (p instanceof ExpressionNode node && node.getExpression() != null) {
            String name = name(p);
            return name.isEmpty() ? expression(node.getExpression()) : name + " = " + expression(node.getExpression());
        }
        return cut(inner(p.getLabel()));
    }

    /** Camel writes {@code setHeader[x]}; the kind stands beside it already. */
    private static String inner(String label) {
        if (label == null) {
            return "";
        }
        int open = label.indexOf('[');
        return open >= 0 && label.endsWith("]") ? label.substring(open + 1, label.length() - 1) : label;
    }

    private static String name(ProcessorDefinition<?> p) {
        if (p instanceof SetHeaderDefinition header) {
            return header.getName();
        }
        return p instanceof SetPropertyDefinition property ? property.getName()
                : p instanceof SetVariableDefinition variable ? variable.getName() : "";
    }

    private static String expression(ExpressionDefinition expression) {
        return expression == null || expression.getExpression() == null ? "" : cut(expression.getExpression().strip());
    }

    /** Without passwords that somebody wrote into it, whatever a component calls them. */
    private static String address(String uri) {
        if (uri == null) {
            return "";
        }
        return cut(URISupport.sanitizeUri(uri).replaceFirst("://[^/@?{]*@", "://xxxxxx@"));
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
