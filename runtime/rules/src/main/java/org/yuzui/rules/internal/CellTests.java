package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.feel.lang.CompilerContext;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.impl.FEELBuilder;
import org.kie.dmn.feel.lang.impl.FEELImpl;
import org.kie.dmn.feel.runtime.UnaryTest;
import org.kie.dmn.feel.util.BuiltInTypeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.rules.Decision.Fired;
import org.yuzui.rules.DecisionTable;
import org.yuzui.rules.Trial.TriedRow;
import org.yuzui.rules.Trial.TriedTable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says of each cell of a table whether it held; the engine itself says that only of rows. For trials: it reads the text anew. */
final class CellTests {

    private static final Logger LOG = LoggerFactory.getLogger(CellTests.class);

    private final FEELImpl feel = (FEELImpl) FEELBuilder.builder().withProfiles(List.of(Patterns.PROFILE)).build();
    private final Map<String, Object> scope;
    private final Map<String, Type> types = new HashMap<>();
    private boolean failed;

    /** @param scope what the table could see, by name */
    CellTests(Map<String, Object> scope) {
        this.scope = scope;
        scope.forEach((name, value) -> types.put(name, BuiltInTypeUtils.determineTypeFromInstance(value)));
        feel.addListener(event -> failed |= event.getSeverity() == FEELEvent.Severity.ERROR);
    }

    TriedTable of(DecisionTable table, Fired fired) {
        List<Object> asked = new ArrayList<>();
        List<JsonNode> shown = new ArrayList<>();
        for (DecisionTable.Column column : table.inputs()) {
            Object value = value(column.expression());
            asked.add(value);
            shown.add(value == null ? JsonNodeFactory.instance.nullNode() : FeelJson.of(value));
        }
        Map<String, List<UnaryTest>> read = new HashMap<>();
        List<TriedRow> rows = new ArrayList<>();
        for (int row = 1; row <= table.rows().size(); row++) {
            List<Boolean> cells = new ArrayList<>();
            List<String> when = table.rows().get(row - 1).when();
            for (int column = 0; column < when.size(); column++) {
                cells.add(holds(when.get(column), column < asked.size() ? asked.get(column) : null, read));
            }
            rows.add(new TriedRow(row, cells, fired.matched().contains(row), fired.chosen().contains(row)));
        }
        return new TriedTable(table.name(), shown, rows);
    }

    private Object value(String expression) {
        if (scope.containsKey(expression)) {
            return scope.get(expression);
        }
        try {
            CompilerContext context = feel.newCompilerContext();
            scope.forEach(context::addInputVariable);
            return feel.evaluate(feel.compile(expression, context), scope);
        } catch (RuntimeException e) { // FEEL has no common type for what its functions throw
            LOG.debug("An input column can't be read by itself", e);
            return null;
        }
    }

    /** Null when it can't be told. */
    private Boolean holds(String cell, Object value, Map<String, List<UnaryTest>> read) {
        if (cell.equals("-") || cell.isEmpty()) {
            return true;
        }
        failed = false;
        try {
            EvaluationContext context = feel.newEvaluationContext(List.of(), scope);
            List<UnaryTest> tests = read.computeIfAbsent(cell, text -> feel.evaluateUnaryTests(text, types));
            context.enterFrame();
            context.setValue("?", value);
            for (UnaryTest test : tests) {
                if (Boolean.TRUE.equals(test.apply(context, value))) {
                    return true;
                }
            }
            return failed ? null : false;
        } catch (RuntimeException e) { // as above
            LOG.debug("A cell can't be told by itself", e);
            return null;
        }
    }

    /** The tables of a trial. */
    static List<TriedTable> of(Watching watched, Map<String, DecisionTable> byName) {
        List<TriedTable> tried = new ArrayList<>();
        List<Fired> fired = watched.fired();
        for (int i = 0; i < fired.size() && i < watched.scopes().size(); i++) {
            DecisionTable table = byName.get(fired.get(i).table());
            if (table != null) {
                tried.add(new CellTests(watched.scopes().get(i)).of(table, fired.get(i)));
            }
        }
        return List.copyOf(tried);
    }
}
