package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.api.feel.runtime.events.FEELEventListener;
import org.kie.dmn.feel.lang.impl.EvaluationContextImpl;
import org.kie.dmn.feel.lang.impl.FEELImpl;
import org.kie.dmn.feel.lang.impl.InterpretedExecutableExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.rules.RecordChecks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The compiled checks of one contract. Only the fields that they name are taken out of a record, once for all checks. */
final class FeelChecks implements RecordChecks {

    private static final Logger LOG = LoggerFactory.getLogger(FeelChecks.class);

    private final FEELImpl feel;
    private final Shape.Parts needed;
    private final List<Check> checks;

    /** @param broken what is said when it does not hold */
    record Check(Broken broken, InterpretedExecutableExpression expression) {
    }

    FeelChecks(FEELImpl feel, Shape.Parts needed, List<Check> checks) {
        this.feel = feel;
        this.needed = needed;
        this.checks = List.copyOf(checks);
    }

    @Override
    public List<Broken> broken(JsonNode record) {
        Map<String, Object> values = new HashMap<>();
        for (String name : needed.fields().keySet()) {
            values.put(name, needed.field(record, name, name));
        }
        Errors errors = new Errors();
        EvaluationContextImpl context = feel.newEvaluationContext(List.of(errors), values);
        List<Broken> broken = null;
        for (Check check : checks) {
            if (!holds(check, context, errors)) {
                broken = broken == null ? new ArrayList<>() : broken;
                broken.add(check.broken());
            }
        }
        return broken == null ? List.of() : broken;
    }

    private static boolean holds(Check check, EvaluationContextImpl context, Errors errors) {
        errors.seen = false;
        try {
            return Boolean.TRUE.equals(check.expression().apply(context)) && !errors.seen;
        } catch (RuntimeException e) { // FEEL has no common type for what its functions throw
            LOG.debug("The check {} failed", check.broken().id(), e);
            return false;
        }
    }

    private static final class Errors implements FEELEventListener {
        private boolean seen;

        @Override
        public void onEvent(FEELEvent event) {
            seen |= event.getSeverity() == FEELEvent.Severity.ERROR;
        }
    }
}
