package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNDecisionResult;
import org.kie.dmn.api.core.DMNDecisionResult.DecisionEvaluationStatus;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.api.core.event.AfterEvaluateDecisionTableEvent;
import org.kie.dmn.api.core.event.DMNRuntimeEventListener;
import org.kie.dmn.model.api.DRGElement;
import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.InputData;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;
import org.yuzui.rules.Decision;
import org.yuzui.rules.Decision.Fired;
import org.yuzui.rules.DecisionTable;
import org.yuzui.rules.Rule;
import org.yuzui.rules.RuleInput;
import org.yuzui.spi.RefusedException;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model in a KIE runtime of its own. */
final class KieRule implements Rule {

    private static final int RECENT = 100;
    /** An evaluation stays in its thread; only so does a listener of the whole runtime know whose row it was. */
    private static final ThreadLocal<List<Fired>> FIRED = new ThreadLocal<>();

    private final String id;
    private final String plugin;
    private final String place;
    private final DMNRuntime runtime;
    private final DMNModel model;
    private final List<Problem> findings;
    private final List<DecisionTable> tables;
    private final List<RuleInput> inputs = new ArrayList<>();
    private final List<String> decisions;
    private final Shape.Parts shapes;
    private final Map<String, List<String>> neededFor = new HashMap<>();
    private final List<String> neededForAll;
    private final RecentDecisions recent = new RecentDecisions(RECENT);
    private final Clock clock;

    KieRule(String id, String plugin, String place, DmnFile file, DMNRuntime runtime, DMNModel model,
            List<DecisionTable> tables, List<Problem> findings, Clock clock) {
        this.id = id;
        this.plugin = plugin;
        this.place = place;
        this.runtime = runtime;
        this.model = model;
        this.findings = List.copyOf(findings);
        this.clock = clock;
        Definitions definitions = model.getDefinitions();
        this.tables = tables;
        ItemShapes items = new ItemShapes(definitions, file);
        Map<String, Shape> fields = new LinkedHashMap<>();
        Set<String> optional = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (DRGElement element : definitions.getDrgElement()) {
            if (element instanceof InputData input) {
                fields.put(input.getName(), items.of(input.getVariable().getTypeRef()));
                if (file.isOptional(input.getId())) {
                    optional.add(input.getName());
                }
                inputs.add(new RuleInput(input.getName(), input.getVariable().getTypeRef().getLocalPart(),
                        file.isOptional(input.getId())));
            } else if (element instanceof org.kie.dmn.model.api.Decision decision) {
                names.add(decision.getName());
            }
        }
        this.decisions = List.copyOf(names);
        this.shapes = new Shape.Parts(fields, optional);
        Set<String> all = new HashSet<>();
        for (String decision : decisions) {
            List<String> needed = new ArrayList<>();
            model.getRequiredInputsForDecisionName(decision).forEach(i -> needed.add(i.getName()));
            neededFor.put(decision, List.copyOf(needed));
            all.addAll(needed);
        }
        this.neededForAll = List.copyOf(all);
        runtime.addListener(new DMNRuntimeEventListener() {
            @Override
            public void afterEvaluateDecisionTable(AfterEvaluateDecisionTableEvent event) {
                FIRED.get().add(new Fired(event.getDecisionTableName(), List.copyOf(event.getMatches()),
                        List.copyOf(event.getSelected())));
            }
        });
    }

    @Override
    public Decision decide(JsonNode input) {
        return decide(input, neededForAll, null);
    }

    @Override
    public Decision decide(JsonNode input, String decision) {
        List<String> needed = neededFor.get(decision);
        if (needed == null) {
            throw new RefusedException("unknown-decision", null, "The rule " + id + " has no decision '" + decision + "'. "
                    + KnownKeys.cure(decision, decisions));
        }
        return decide(input, needed, decision);
    }

    private Decision decide(JsonNode input, List<String> needed, String only) {
        long began = System.nanoTime();
        if (!input.isObject()) {
            throw new RefusedException("wrong-input", null, "The rule " + id + " needs an object with a field for each of: "
                    + String.join(", ", needed) + ".");
        }
        DMNContext context = runtime.newContext();
        for (String name : needed) {
            context.set(name, shapes.field(input, name, name));
        }
        List<Fired> fired = new ArrayList<>(2);
        DMNResult result;
        FIRED.set(fired);
        try {
            result = only == null ? runtime.evaluateAll(model, context) : runtime.evaluateByName(model, context, only);
        } finally {
            FIRED.remove();
        }
        if (result.hasErrors()) {
            throw failed(result);
        }
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        for (String name : only == null ? decisions : List.of(only)) {
            outputs.set(name, FeelJson.of(result.getDecisionResultByName(name).getResult()));
        }
        Decision decision = new Decision(id, clock.instant(), outputs, List.copyOf(fired), (System.nanoTime() - began) / 1000);
        recent.add(decision);
        return decision;
    }

    /** In our own words: KIE's quote the values. */
    private RefusedException failed(DMNResult result) {
        String decision = result.getDecisionResults().stream()
                .filter(r -> r.getEvaluationStatus() == DecisionEvaluationStatus.FAILED).map(DMNDecisionResult::getDecisionName)
                .findFirst().orElse(null);
        DMNMessage first = result.getMessages(DMNMessage.Severity.ERROR).get(0);
        String why = first.getMessageType().getDescription();
        if (decision == null) {
            String input = model.getInputs().stream().filter(i -> i.getId().equals(first.getSourceId()))
                    .map(i -> i.getName()).findFirst().orElse(null);
            if (input != null) {
                return new RefusedException("wrong-input", input, "The value of '" + input
                        + "' is none of those that the rule " + id + " allows.");
            }
        }
        return new RefusedException("rule-failed", decision, "The rule " + id + " could not decide"
                + (decision == null ? "" : " '" + decision + "'") + ": " + why + ".");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Title title() {
        return new Title(model.getName(), model.getName());
    }

    @Override
    public String plugin() {
        return plugin;
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public List<RuleInput> inputs() {
        return List.copyOf(inputs);
    }

    @Override
    public List<String> decisions() {
        return decisions;
    }

    @Override
    public List<DecisionTable> tables() {
        return tables;
    }

    @Override
    public List<Problem> findings() {
        return findings;
    }

    @Override
    public List<Decision> recent() {
        return recent.newestFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
