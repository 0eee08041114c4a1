package org.yuzui.rules.internal;

import org.kie.dmn.feel.lang.CompositeType;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.BetweenNode;
import org.kie.dmn.feel.lang.ast.ContextEntryNode;
import org.kie.dmn.feel.lang.ast.ContextNode;
import org.kie.dmn.feel.lang.ast.FilterExpressionNode;
import org.kie.dmn.feel.lang.ast.ForExpressionNode;
import org.kie.dmn.feel.lang.ast.FunctionDefNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.InNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.InfixOperator;
import org.kie.dmn.feel.lang.ast.IterationContextNode;
import org.kie.dmn.feel.lang.ast.ListNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.lang.ast.PathExpressionNode;
import org.kie.dmn.feel.lang.ast.QualifiedNameNode;
import org.kie.dmn.feel.lang.ast.QuantifiedExpressionNode;
import org.kie.dmn.feel.lang.ast.RangeNode;
import org.kie.dmn.feel.lang.impl.MapBackedType;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.lang.types.GenListType;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.functions.BuiltInFunctions;
import org.yuzui.kernel.KnownKeys;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Walks an expression with the types of what it names. FEEL itself would answer null for a field that isn't there and
 * for a text that is compared with a number; here both are said before the first record comes.
 */
final class FeelTyping {

    /** Something in the expression that can't be right. */
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final String cure;

        Mistake(String code, String message, String cure) {
            super(message);
            this.code = code;
            this.cure = cure;
        }

        String code() {
            return code;
        }

        String cure() {
            return cure;
        }
    }

    private static final Set<String> FUNCTIONS = Arrays.stream(BuiltInFunctions.getFunctions()).map(FEELFunction::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Type> fields;
    private final String whose;
    private final Set<String> used = new LinkedHashSet<>();

    /** @param whose in messages, what has the fields: {@code contract} */
    FeelTyping(Map<String, Type> fields, String whose) {
        this.fields = fields;
        this.whose = whose;
    }

    /** The contract's own fields that were named. */
    Set<String> used() {
        return used;
    }

    Type of(ASTNode expression) throws Mistake {
        return type(expression, Map.of());
    }

    /** @param local what the expression itself gives a name to */
    private Type type(ASTNode node, Map<String, Type> local) throws Mistake {
        if (node instanceof NameRefNode name) {
            return name(name.getText(), name.getText(), local);
        }
        if (node instanceof QualifiedNameNode path) {
            return path(path, local);
        }
        if (node instanceof PathExpressionNode path) {
            return field(type(path.getExpression(), local), path.getName().getText(), path.getText());
        }
        if (node instanceof QuantifiedExpressionNode every) {
            type(every.getExpression(), iterate(every.getIterationContexts(), local));
            return BuiltInType.BOOLEAN;
        }
        if (node instanceof ForExpressionNode each) {
            return new GenListType(type(each.getExpression(), iterate(each.getIterationContexts(), local)));
        }
        if (node instanceof FilterExpressionNode filter) {
            return filter(filter, local);
        }
        if (node instanceof FunctionInvocationNode call) {
            return call(call, local);
        }
        if (node instanceof FunctionDefNode function) {
            return function(function, local);
        }
        if (node instanceof ContextNode context) {
            return context(context, local);
        }
        if (node instanceof InfixOpNode operation) {
            return operation(operation, local);
        }
        if (node instanceof BetweenNode between) {
            Type value = type(between.getValue(), local);
            comparable(value, type(between.getStart(), local), between);
            comparable(value, type(between.getEnd(), local), between);
            return BuiltInType.BOOLEAN;
        }
        if (node instanceof InNode in) {
            in(in, local);
            return BuiltInType.BOOLEAN;
        }
        for (ASTNode child : node.getChildrenNode()) {
            if (child != null) {
                type(child, local);
            }
        }
        return known(node.getResultType());
    }

    private Type name(String name, String path, Map<String, Type> local) throws Mistake {
        if (local.containsKey(name)) {
            return local.get(name);
        }
        if (fields.containsKey(name)) {
            used.add(name);
            return fields.get(name);
        }
        if (name.equals(path) && FUNCTIONS.contains(name)) {
            return BuiltInType.FUNCTION;
        }
        Set<String> names = new LinkedHashSet<>(fields.keySet());
        names.addAll(local.keySet());
        throw unknown(name, path, names);
    }

    private Type path(QualifiedNameNode path, Map<String, Type> local) throws Mistake {
        List<NameRefNode> parts = path.getParts();
        Type type = name(parts.get(0).getText(), path.getText(), local);
        for (NameRefNode part : parts.subList(1, parts.size())) {
            type = field(type, part.getText(), path.getText());
        }
        return type;
    }

    private Type field(Type of, String name, String path) throws Mistake {
        if (of instanceof CompositeType parts) {
            Type field = parts.getFields().get(name);
            if (field == null) {
                throw unknown(name, path, parts.getFields().keySet());
            }
            return field;
        }
        if (of instanceof GenListType list) {
            return new GenListType(field(list.getGen(), name, path));
        }
        if (of == BuiltInType.STRING || of == BuiltInType.NUMBER || of == BuiltInType.BOOLEAN) {
            throw new Mistake("wrong-type", "'" + path + "' asks a " + of.getName() + " for its '" + name + "'.", null);
        }
        return BuiltInType.UNKNOWN;
    }

    private Mistake unknown(String name, String path, Set<String> known) {
        return new Mistake("unknown-field", "The " + whose + " has no field '" + name + "'"
                + (path.equals(name) ? "." : ", which '" + path + "' names."), KnownKeys.cure(name, known));
    }

    private Map<String, Type> iterate(List<IterationContextNode> contexts, Map<String, Type> local) throws Mistake {
        Map<String, Type> scope = new HashMap<>(local);
        for (IterationContextNode context : contexts) {
            Type list = type(context.getExpression(), scope);
            if (context.getRangeEndExpr() != null) {
                type(context.getRangeEndExpr(), scope);
                scope.put(context.getName().getText(), BuiltInType.NUMBER);
            } else {
                scope.put(context.getName().getText(), list instanceof GenListType l ? known(l.getGen()) : BuiltInType.UNKNOWN);
            }
        }
        scope.put("partial", BuiltInType.UNKNOWN);
        return scope;
    }

    private Type filter(FilterExpressionNode filter, Map<String, Type> local) throws Mistake {
        Type list = type(filter.getExpression(), local);
        Type item = list instanceof GenListType l ? known(l.getGen()) : BuiltInType.UNKNOWN;
        Map<String, Type> scope = new HashMap<>(local);
        if (item instanceof CompositeType parts) {
            scope.putAll(parts.getFields());
        }
        scope.put("item", item);
        // items[1] is an item, items[amount > 1] a list of them
        return type(filter.getFilter(), scope) == BuiltInType.NUMBER ? item : list;
    }

    private Type call(FunctionInvocationNode call, Map<String, Type> local) throws Mistake {
        String name = call.getName().getText();
        if (name.equals("today") || name.equals("now")) {
            throw new Mistake("impure-rule", name + "() reads the clock: the same record would not always pass.",
                    "Compare with a field of the record.");
        }
        if (fields.containsKey(name) || local.containsKey(name)) {
            type(call.getName(), local);
        }
        if (call.getParams() != null) {
            for (ASTNode parameter : call.getParams().getChildrenNode()) {
                type(parameter, local);
            }
        }
        return known(call.getResultType());
    }

    private Type function(FunctionDefNode function, Map<String, Type> local) throws Mistake {
        if (function.isExternal()) {
            throw new Mistake("impure-rule", "An external function reaches outside the rule.", "Write it in FEEL.");
        }
        Map<String, Type> scope = new HashMap<>(local);
        function.getFormalParameters().forEach(p -> scope.put(p.getName().getText(), BuiltInType.UNKNOWN));
        type(function.getBody(), scope);
        return BuiltInType.FUNCTION;
    }

    private Type context(ContextNode context, Map<String, Type> local) throws Mistake {
        Map<String, Type> scope = new HashMap<>(local);
        MapBackedType type = new MapBackedType();
        for (ContextEntryNode entry : context.getEntries()) {
            Type value = type(entry.getValue(), scope);
            scope.put(entry.getName().getText(), value);
            type.addField(entry.getName().getText(), value);
        }
        return type;
    }

    private Type operation(InfixOpNode operation, Map<String, Type> local) throws Mistake {
        Type left = type(operation.getLeft(), local);
        Type right = type(operation.getRight(), local);
        switch (operation.getOperator()) {
            case LT, LTE, GT, GTE, EQ, NE -> comparable(left, right, operation);
            case AND, OR -> {
                bool(left, operation);
                bool(right, operation);
            }
            case ADD -> {
                if (left == BuiltInType.STRING ^ right == BuiltInType.STRING) {
                    comparable(left, right, operation);
                }
            }
            default -> {
                if (left == BuiltInType.STRING || right == BuiltInType.STRING) {
                    throw new Mistake("wrong-type", "'" + operation.getText() + "' calculates with a string.", null);
                }
            }
        }
        return operation.isBoolean() ? BuiltInType.BOOLEAN
                : left == BuiltInType.NUMBER && right == BuiltInType.NUMBER ? BuiltInType.NUMBER
                : left == BuiltInType.STRING && right == BuiltInType.STRING ? BuiltInType.STRING : BuiltInType.UNKNOWN;
    }

    private void in(InNode in, Map<String, Type> local) throws Mistake {
        Type value = type(in.getValue(), local);
        ASTNode tests = in.getExprs();
        if (tests instanceof InfixOpNode rest && (rest.getOperator() == InfixOperator.AND || rest.getOperator() == InfixOperator.OR)) {
            throw new Mistake("bad-feel", "The 'in' of '" + in.getText() + "' takes all that follows it.",
                    "Put it in parentheses: (a in [1..2]) and b.");
        }
        for (ASTNode test : tests instanceof ListNode list ? list.getChildrenNode() : new ASTNode[] {tests}) {
            Type type = type(test, local);
            if (test instanceof RangeNode range) {
                comparable(value, type(range.getStart(), local), in);
                comparable(value, type(range.getEnd(), local), in);
            } else if (type instanceof GenListType list) {
                comparable(value, known(list.getGen()), in);
            } else if (isScalar(type)) {
                comparable(value, type, in);
            }
        }
    }

    private static void bool(Type type, ASTNode where) throws Mistake {
        if (isScalar(type) && type != BuiltInType.BOOLEAN) {
            throw new Mistake("wrong-type", "'" + where.getText() + "' takes a " + type.getName() + " for true or false.", null);
        }
    }

    private static void comparable(Type a, Type b, ASTNode where) throws Mistake {
        boolean bothKnown = a != BuiltInType.UNKNOWN && b != BuiltInType.UNKNOWN;
        if (bothKnown && (isScalar(a) || isScalar(b)) && a != b) {
            throw new Mistake("wrong-type", "'" + where.getText() + "' compares a " + said(a) + " with a " + said(b) + ".",
                    "Convert one of them: number(…), string(…), date(…), date and time(…).");
        }
    }

    private static String said(Type type) {
        return type instanceof CompositeType ? "object" : type instanceof GenListType ? "list" : type.getName();
    }

    private static boolean isScalar(Type type) {
        return type == BuiltInType.STRING || type == BuiltInType.NUMBER || type == BuiltInType.BOOLEAN
                || type == BuiltInType.DATE || type == BuiltInType.TIME || type == BuiltInType.DATE_TIME
                || type == BuiltInType.DURATION;
    }

    private static Type known(Type type) {
        return type == null ? BuiltInType.UNKNOWN : type;
    }
}
