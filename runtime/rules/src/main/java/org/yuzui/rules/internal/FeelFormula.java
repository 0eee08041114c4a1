package org.yuzui.rules.internal;

import org.kie.dmn.feel.lang.impl.FEELImpl;
import org.kie.dmn.feel.lang.impl.InterpretedExecutableExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.rules.Formula;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A compiled {@link Formula}. */
final class FeelFormula implements Formula {

    private static final Logger LOG = LoggerFactory.getLogger(FeelFormula.class);

    private final FEELImpl feel;
    private final InterpretedExecutableExpression expression;
    private final Set<String> uses;

    FeelFormula(FEELImpl feel, InterpretedExecutableExpression expression, Set<String> uses) {
        this.feel = feel;
        this.expression = expression;
        this.uses = Set.copyOf(uses);
    }

    @Override
    public Set<String> uses() {
        return uses;
    }

    @Override
    public Optional<BigDecimal> number(Map<String, ?> values) {
        return Optional.ofNullable(value(values)).filter(Number.class::isInstance)
                .map(n -> n instanceof BigDecimal decimal ? decimal : new BigDecimal(n.toString()));
    }

    @Override
    public Optional<Boolean> truth(Map<String, ?> values) {
        return Optional.ofNullable(value(values)).filter(Boolean.class::isInstance).map(Boolean.class::cast);
    }

    private Object value(Map<String, ?> values) {
        Map<String, Object> named = new HashMap<>();
        uses.forEach(name -> named.put(name, values.get(name)));
        try {
            return expression.apply(feel.newEvaluationContext(List.of(event -> { }), named));
        } catch (RuntimeException e) { // FEEL has no common type for what its functions throw
            LOG.debug("A formula failed", e);
            return null;
        }
    }
}
