package org.yuzui.rules.internal;

import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.feel.FEEL;
import org.kie.dmn.feel.lang.CompilerContext;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.impl.FEELBuilder;
import org.kie.dmn.feel.lang.impl.InterpretedExecutableExpression;
import org.yuzui.kernel.KnownKeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression that names only what there is.
 *
 * @param type of its result
 * @param used the names that it uses
 */
record ParsedFeel(InterpretedExecutableExpression expression, Type type, Set<String> used) {

    private static final Pattern UNKNOWN_NAME = Pattern.compile("Unknown variable '([^']+)'");

    /** @param whose in messages, what has the names: {@code contract} */
    static ParsedFeel parse(String text, Map<String, Type> types, String whose) throws FeelTyping.Mistake {
        FEEL feel = FEELBuilder.builder().withProfiles(List.of(Patterns.PROFILE)).build();
        List<FEELEvent> events = new ArrayList<>();
        feel.addListener(events::add);
        CompilerContext context = feel.newCompilerContext();
        types.forEach(context::addInputVariableType);
        InterpretedExecutableExpression expression;
        try {
            expression = feel.processExpression(text, context).getInterpreted();
        } catch (RuntimeException e) { // the parser builds on after a syntax error and falls
            throw bad(text, events, types, whose);
        }
        if (events.stream().anyMatch(e -> e.getClass().getSimpleName().equals("SyntaxErrorEvent"))) {
            throw bad(text, events, types, whose);
        }
        FeelTyping typing = new FeelTyping(types, whose);
        Type result = typing.of(expression.getASTNode());
        if (events.stream().anyMatch(e -> e.getSeverity() == FEELEvent.Severity.ERROR)) {
            throw bad(text, events, types, whose);
        }
        return new ParsedFeel(expression, result, typing.used());
    }

    private static FeelTyping.Mistake bad(String text, List<FEELEvent> events, Map<String, Type> types, String whose) {
        String said = events.stream().filter(e -> e.getSeverity() == FEELEvent.Severity.ERROR).map(FEELEvent::getMessage)
                .filter(m -> m != null).findFirst().orElse("");
        Matcher unknown = UNKNOWN_NAME.matcher(said);
        if (unknown.find()) {
            return new FeelTyping.Mistake("unknown-field", "The " + whose + " has no field '" + unknown.group(1) + "'.",
                    KnownKeys.cure(unknown.group(1), types.keySet()));
        }
        return new FeelTyping.Mistake("bad-feel", "'" + text + "' is not FEEL" + (said.isEmpty() ? "." : ": "
                + said.replaceAll("\\s+", " ") + "."), null);
    }
}
