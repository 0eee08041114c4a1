package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNDecisionResult.DecisionEvaluationStatus;
import org.kie.dmn.api.core.DMNDecisionResult;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.model.api.DRGElement;
import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.InputData;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;
import org.yuzui.rules.Decision;
import org.yuzui.rules.DecisionTable;
import org.yuzui.rules.KeptDecision;
import org.yuzui.rules.Occasion;
import org.yuzui.rules.Rule;
import org.yuzui.rules.RuleInput;
import org.yuzui.rules.RuleModel;
import org.yuzui.rules.RuleUse;
import org.yuzui.rules.Trial;
import org.yuzui.spi.RefusedException;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A model in a KIE runtime of its own. */
final class KieRule implements Rule {

    private final String id;
    private final String plugin;
    private final String place;
    private final Title title;
    private final DMNRuntime runtime;
    private final DMNModel model;
    private final List<Problem> findings;
    private final Map<String, DecisionTable> tables = new LinkedHashMap<>();
    private final List<RuleInput> inputs = new ArrayList<>();
    private final List<String> decisions;
    private final Shape.Parts shapes;
    private final Map<String, List<String>> neededFor = new HashMap<>();
    private final List<String> neededForAll;
    private final RuleModel text;
    private final Discretion discretion;
    private final DecisionLog log;
    private final Clock clock;

    KieRule(String id, String plugin, String place, DmnFile file, DMNRuntime runtime, DMNModel model,
            Map<String, DecisionTable> tables, List<Problem> findings, List<RuleModel.Finding> located, Clock clock) {
        this.id = id;
        this.plugin = plugin;
        this.place = place;
        this.runtime = runtime;
        this.model = model;
        this.findings = List.copyOf(findings);
        this.clock = clock;
        Definitions definitions = model.getDefinitions();
        this.title = file.title(definitions.getId(), model.getName());
        tables.values().forEach(t -> this.tables.put(t.name(), t));
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
        this.text = new ModelText(definitions, file).with(located);
        this.discretion = new Discretion(definitions, file);
        this.log = new DecisionLog(List.copyOf(this.tables.values()), clock.instant());
        Map<String, String> tableNames = new HashMap<>();
        tables.forEach((tableId, table) -> tableNames.put(tableId, table.name()));
        Watching.at(runtime, tableNames);
    }

    @Override
    public Decision decide(JsonNode input) {
        return decide(input, null, Occasion.NONE);
    }

    @Override
    public Decision decide(JsonNode input, String decision) {
        needed(decision);
        return decide(input, decision, Occasion.NONE);
    }

    @Override
    public Decision decide(JsonNode input, String only, Occasion occasion) {
        List<String> needed = needed(only);
        long began = System.nanoTime();
        Watching watched = Watching.rows();
        ObjectNode outputs;
        try {
            outputs = outputs(input, needed, only, watched);
        } catch (RefusedException e) {
            log.refused(clock.instant(), occasion, only, () -> inputs(input, needed), watched.fired(), micros(began),
                    new Problem(e.code(), e.place(), e.getMessage(), null));
            throw e;
        }
        Decision decision = new Decision(id, clock.instant(), outputs, watched.fired(), micros(began));
        log.made(decision.at(), occasion, only, () -> inputs(input, needed), outputs, decision.fired(), decision.micros());
        return decision;
    }

    @Override
    public Trial attempt(JsonNode input, String only) {
        List<String> needed = needed(only);
        long began = System.nanoTime();
        Watching watched = Watching.closely();
        try {
            ObjectNode outputs = outputs(input, needed, only, watched);
            long took = micros(began);
            return new Trial(input, outputs, CellTests.of(watched, tables), took, null);
        } catch (RefusedException e) {
            return new Trial(input, null, CellTests.of(watched, tables), micros(began),
                    new Problem(e.code(), e.place(), e.getMessage(), null));
        }
    }

    @Override
    public Optional<Trial> again(long number, ObjectNode changes) {
        return log.find(number).filter(r -> r.input() != null).map(r -> {
            ObjectNode input = r.input().deepCopy();
            input.setAll(changes);
            boolean masked = r.occasion().masked();
            Trial trial = attempt(input, r.only());
            return new Trial(discretion.shown(trial.input(), masked), trial.outputs() == null ? null : discretion.shown(trial.outputs(), masked),
                    trial.tables().stream().map(t -> new Trial.TriedTable(t.table(),
                            t.values().stream().map(v -> discretion.derived(v, masked)).toList(), t.rows())).toList(),
                    trial.micros(), trial.refused());
        });
    }

    private List<String> needed(String only) {
        if (only == null) {
            return neededForAll;
        }
        List<String> needed = neededFor.get(only);
        if (needed == null) {
            throw new RefusedException("unknown-decision", null, "The rule " + id + " has no decision '" + only + "'. "
                    + KnownKeys.cure(only, decisions));
        }
        return needed;
    }

    private ObjectNode outputs(JsonNode input, List<String> needed, String only, Watching watched) {
        if (!input.isObject()) {
            throw new RefusedException("wrong-input", null, "The rule " + id + " needs an object with a field for each of: "
                    + String.join(", ", needed) + ".");
        }
        DMNContext context = runtime.newContext();
        try {
            for (String name : needed) {
                context.set(name, shapes.field(input, name, name));
            }
        } catch (RefusedException e) { // so that whoever reads the cause finds the rule
            throw new RefusedException(e.code(), e.place(), e.getMessage().replaceFirst("^The rule", "The rule " + id));
        }
        DMNResult result = watched.during(() -> only == null ? runtime.evaluateAll(model, context)
                : runtime.evaluateByName(model, context, only));
        if (result.hasErrors()) {
            throw failed(result);
        }
        ObjectNode outputs = JsonNodeFactory.instance.objectNode();
        for (String name : only == null ? decisions : List.of(only)) {
            outputs.set(name, FeelJson.of(result.getDecisionResultByName(name).getResult()));
        }
        return outputs;
    }

    /** Of an input what the rule looks at. */
    private static JsonNode inputs(JsonNode input, List<String> needed) {
        ObjectNode looked = JsonNodeFactory.instance.objectNode();
        needed.stream().filter(input::has).forEach(name -> looked.set(name, input.get(name)));
        return looked;
    }

    private static long micros(long began) {
        return (System.nanoTime() - began) / 1000;
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
        return title;
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
        return List.copyOf(tables.values());
    }

    @Override
    public List<Problem> findings() {
        return findings;
    }

    @Override
    public RuleModel model() {
        return text;
    }

    @Override
    public RuleUse use() {
        return log.use();
    }

    @Override
    public List<KeptDecision> recent() {
        return log.newestFirst().stream().map(r -> {
            boolean masked = r.occasion().masked();
            return new KeptDecision(r.number(), r.at(), r.occasion(), r.only(), r.input() == null ? null : discretion.shown(r.input(), masked),
                    r.outputs() == null ? null : discretion.shown(r.outputs(), masked), r.fired(), r.micros(), r.refused());
        }).toList();
    }

    @Override
    public String toString() {
        return id;
    }
}
