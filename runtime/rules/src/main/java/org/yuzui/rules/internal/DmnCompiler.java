package org.yuzui.rules.internal;

import org.kie.api.builder.Message;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNMessageType;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.compiler.RuntimeTypeCheckOption;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.dmn.validation.DMNValidator;
import org.kie.dmn.validation.DMNValidator.Validation;
import org.kie.dmn.validation.DMNValidatorFactory;
import org.kie.dmn.validation.dtanalysis.DMNDTAnalysisMessage;
import org.kie.dmn.validation.dtanalysis.model.DDTATable;
import org.kie.dmn.validation.dtanalysis.model.DTAnalysis;
import org.kie.dmn.validation.dtanalysis.model.Hyperrectangle;
import org.kie.dmn.validation.dtanalysis.model.Overlap;
import org.kie.internal.io.ResourceFactory;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.xml.sax.SAXParseException;
import org.yuzui.rules.DecisionTable;
import org.yuzui.rules.Rule;
import org.yuzui.rules.RuleModel.Finding;
import org.yuzui.rules.internal.Examinations.Examination;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes a DMN file through everything that can be found out before it decides: XML, the standard's schema and its
 * rules, compilation, and the analysis of its tables. Used by one thread at a time.
 */
final class DmnCompiler {

    /** What KIE finds and this room passes over: style, diagrams, and that nothing was found. */
    private static final Set<DMNMessageType> NOISE = Set.of(DMNMessageType.ILLEGAL_USE_OF_TYPEREF,
            DMNMessageType.DECISION_TABLE_ANALYSIS_EMPTY, DMNMessageType.DECISION_TABLE_1STNFVIOLATION,
            DMNMessageType.DECISION_TABLE_2NDNFVIOLATION, DMNMessageType.DECISION_TABLE_CONTRACTION_RULE,
            DMNMessageType.DECISION_TABLE_HITPOLICY_FIRST, DMNMessageType.DECISION_TABLE_HITPOLICY_RECOMMENDER,
            DMNMessageType.DMNDI_MISSING_DIAGRAM, DMNMessageType.DMNDI_UNKNOWN_REF);
    private static final Set<DMNMessageType> FORBIDDEN_OVERLAPS = Set.of(
            DMNMessageType.DECISION_TABLE_OVERLAP_HITPOLICY_UNIQUE, DMNMessageType.DECISION_TABLE_OVERLAP_HITPOLICY_ANY);
    /** Some seconds: 20 rows over three columns of ranges are 69,000; 50 over four are a hundred million and would not end. */
    private static final double ANALYSED_CELLS = 100_000;
    private static final int FINDINGS = 50;
    private static final Pattern ROWS = Pattern.compile("(?i)\\brules?:? +\\[?(\\d+(?:, *\\d+)*)");
    private static final Pattern UNKNOWN_NAME = Pattern.compile("Unknown variable '([^']+)'");

    private final Clock clock;
    private final Examinations examinations;
    /** Half a second to make, some megabytes to keep: it goes when memory is short. */
    private SoftReference<DMNValidator> validator = new SoftReference<>(null);

    DmnCompiler(Clock clock, Examinations examinations) {
        this.clock = clock;
        this.examinations = examinations;
    }

    /**
     * What became of a file.
     *
     * @param rule   null when there are problems
     */
    record Outcome(Rule rule, List<Problem> problems) {
    }

    /** Compiles a file; changes nothing else. */
    Outcome compile(HubFile file, String plugin) {
        DmnFile dmn = DmnFile.read(file);
        if (!dmn.problems().isEmpty()) {
            return new Outcome(null, List.copyOf(dmn.problems()));
        }
        Optional<Examination> before = examinations.of(file);
        List<Problem> problems = new ArrayList<>();
        List<Problem> findings = new ArrayList<>();
        if (before.isEmpty()) {
            sort(validator().validateUsing(Validation.VALIDATE_SCHEMA, Validation.VALIDATE_MODEL).theseModels(reader(file)),
                    dmn, problems, findings);
        }
        if (!problems.isEmpty()) {
            return new Outcome(null, problems);
        }
        DMNRuntime runtime = DMNRuntimeBuilder.fromDefaults()
                .setRootClassLoader(null)
                .addProfile(Patterns.PROFILE)
                .setOption(new RuntimeTypeCheckOption(true))
                .buildConfiguration()
                .fromResources(List.of(ResourceFactory.newByteArrayResource(file.bytes())))
                .getOrElse(null);
        if (runtime == null || runtime.getModels().size() != 1) {
            return new Outcome(null, List.of(new Problem("bad-dmn", file.path(), "The model can't be compiled.", null)));
        }
        DMNModel model = runtime.getModels().get(0);
        Map<String, DecisionTable> tables = new TableText(model.getDefinitions(), dmn).byId();
        Examination examination = before.orElse(null);
        if (examination == null) {
            examination = examine(file, dmn, model, tables, problems, findings);
            if (!problems.isEmpty()) {
                return new Outcome(null, problems);
            }
            examinations.remember(file, examination);
        }
        return new Outcome(new KieRule(plugin + "/" + file.id(), plugin, file.path(), dmn, runtime, model, tables,
                examination.remarks(), examination.located(), clock),
                List.of());
    }

    /** What can be found out of a model that was compiled. */
    private Examination examine(HubFile file, DmnFile dmn, DMNModel model, Map<String, DecisionTable> tables, List<Problem> problems,
                                List<Problem> findings) {
        sort(model.getMessages(), dmn, problems, findings);
        if (model.getDecisions().isEmpty()) {
            problems.add(new Problem("no-decision", file.path(), "The model decides nothing.", "Give it a decision."));
        }
        List<Finding> located = new ArrayList<>(findings.stream().map(f -> located(f, null)).toList());
        if (problems.isEmpty()) {
            analyse(file, dmn, tables, problems, findings, located);
        }
        if (findings.size() > FINDINGS) {
            Problem more = new Problem("more-findings", file.path(), "There are " + (findings.size() - FINDINGS) + " more findings.", null);
            findings.subList(FINDINGS, findings.size()).clear();
            located.subList(Math.min(FINDINGS, located.size()), located.size()).clear();
            findings.add(more);
            located.add(located(more, null));
        }
        return new Examination(findings, located);
    }

    private void analyse(HubFile file, DmnFile dmn, Map<String, DecisionTable> tables, List<Problem> problems,
                         List<Problem> findings, List<Finding> located) {
        for (DecisionTable table : tables.values()) {
            if (cells(table) > ANALYSED_CELLS) {
                Problem skipped = new Problem("table-not-analysed", file.path(), "The table '" + table.name()
                        + "' has too many combinations to look for gaps and overlaps in reasonable time; no table of this file"
                        + " was looked at.", "Divide it, or move it into a file of its own.");
                findings.add(skipped);
                located.add(located(skipped, table.name()));
                return;
            }
        }
        Set<Problem> before = Set.copyOf(findings);
        List<DMNMessage> messages = validator().validateUsing(Validation.ANALYZE_DECISION_TABLE).theseModels(reader(file));
        sort(messages, dmn, problems, findings);
        for (DMNMessage message : messages) {
            Problem problem = problem(message, dmn);
            if (message instanceof DMNDTAnalysisMessage analysed && findings.contains(problem) && !before.contains(problem)) {
                DecisionTable table = tables.get(analysed.getAnalysis().getSource().getId());
                Finding finding = new Finding(problem.code(), table == null ? null : table.name(), rows(analysed),
                        where(analysed), problem.message(), problem.place(), problem.cure());
                if (!located.contains(finding)) {
                    located.add(finding);
                }
            }
        }
        findings.stream().filter(f -> located.stream().noneMatch(l -> l.message().equals(f.message())))
                .map(f -> located(f, null)).forEach(located::add);
    }

    private static Finding located(Problem finding, String table) {
        return new Finding(finding.code(), table, List.of(), List.of(), finding.message(), finding.place(), finding.cure());
    }

    /** The message carries one row of a pair; its text names both. */
    private static List<Integer> rows(DMNDTAnalysisMessage message) {
        Set<Integer> rows = new TreeSet<>(message.getRules() == null ? List.of() : message.getRules());
        Matcher named = message.getMessageType() == DMNMessageType.DECISION_TABLE_GAP ? null : ROWS.matcher(message.getText());
        while (named != null && named.find()) {
            Arrays.stream(named.group(1).split("\\D+")).filter(n -> !n.isEmpty()).map(Integer::valueOf).forEach(rows::add);
        }
        return List.copyOf(rows);
    }

    private static List<String> where(DMNDTAnalysisMessage message) {
        DTAnalysis analysis = message.getAnalysis();
        return Stream.concat(analysis.getGaps().stream(), analysis.getOverlaps().stream().map(Overlap::getOverlap))
                .filter(area -> message.getText().contains(area.asHumanFriendly(analysis.getDdtaTable())))
                .findFirst().map(area -> ranges(area, analysis.getDdtaTable())).orElse(List.of());
    }

    private static List<String> ranges(Hyperrectangle area, DDTATable table) {
        List<String> ranges = new ArrayList<>();
        for (int column = 0; column < table.inputCols(); column++) {
            ranges.add(column >= area.getEdges().size() ? "-" : area.getEdges().get(column).asHumanFriendly(table.getInputs().get(column)));
        }
        return ranges;
    }

    /** How many combinations of the columns' ranges there are at most; the analysis goes through them one by one. */
    private static double cells(DecisionTable table) {
        double cells = 1;
        for (int column = 0; column < table.inputs().size(); column++) {
            int c = column;
            cells *= 2 * table.rows().stream().map(r -> r.when().get(c)).filter(t -> !t.equals("-")).distinct().count() + 1;
        }
        return cells;
    }

    private DMNValidator validator() {
        DMNValidator known = validator.get();
        if (known == null) {
            known = DMNValidatorFactory.newValidator(List.of(Patterns.PROFILE));
            validator = new SoftReference<>(known);
        }
        return known;
    }

    private static Reader reader(HubFile file) {
        return new InputStreamReader(new ByteArrayInputStream(file.bytes()), StandardCharsets.UTF_8);
    }

    private static void sort(List<DMNMessage> messages, DmnFile dmn, List<Problem> problems, List<Problem> findings) {
        Set<Problem> errors = new LinkedHashSet<>(problems);
        Set<Problem> remarks = new LinkedHashSet<>(findings);
        for (DMNMessage message : messages) {
            DMNMessageType type = message.getMessageType();
            boolean aboutTables = type.name().startsWith("DECISION_TABLE_");
            if (NOISE.contains(type)) {
                continue;
            }
            if (aboutTables ? FORBIDDEN_OVERLAPS.contains(type) : message.getLevel() == Message.Level.ERROR) {
                errors.add(problem(message, dmn));
            } else if (aboutTables || message.getLevel() == Message.Level.WARNING) {
                remarks.add(problem(message, dmn));
            }
        }
        problems.clear();
        problems.addAll(errors);
        findings.clear();
        findings.addAll(remarks);
    }

    private static Problem problem(DMNMessage message, DmnFile dmn) {
        String text = message.getText().replaceFirst("^DMN: ", "").replaceFirst("(?s) \\(DMN id: .*\\)\\s*$", "")
                .replaceAll("\\s+", " ").strip();
        String place = dmn.place(message.getSourceId(),
                message.getException() instanceof SAXParseException x ? x.getLineNumber() : message.getLine());
        if (text.contains("analysis skipped")) {
            return new Problem("table-not-analysed", place,
                    text.endsWith(".") ? text : text + ".", "Name the values that the column may have under its inputValues.");
        }
        return new Problem(code(message.getMessageType()), place,
                text.endsWith(".") ? text : text + ".", cure(message.getMessageType(), text, dmn));
    }

    private static final Map<DMNMessageType, String> CODES = Map.of(
            DMNMessageType.FAILED_XML_VALIDATION, "bad-dmn",
            DMNMessageType.ERR_COMPILING_FEEL, "bad-feel",
            DMNMessageType.DECISION_TABLE_GAP, "table-gap",
            DMNMessageType.DECISION_TABLE_OVERLAP, "table-overlap",
            DMNMessageType.DECISION_TABLE_OVERLAP_HITPOLICY_UNIQUE, "table-overlap",
            DMNMessageType.DECISION_TABLE_OVERLAP_HITPOLICY_ANY, "table-overlap",
            DMNMessageType.DECISION_TABLE_ANALYSIS_ERROR, "table-not-analysed");

    private static String code(DMNMessageType type) {
        return CODES.getOrDefault(type, type.name().toLowerCase(Locale.ROOT).replace('_', '-')
                .replaceFirst("^decision-table-", "table-"));
    }

    private static String cure(DMNMessageType type, String text, DmnFile dmn) {
        return switch (type) {
            case ERR_COMPILING_FEEL -> {
                Matcher unknown = UNKNOWN_NAME.matcher(text);
                yield unknown.find() ? KnownKeys.cure(unknown.group(1).replaceFirst("^.*\\.", ""), dmn.names())
                        + " A decision sees only what an informationRequirement leads to." : null;
            }
            case DECISION_TABLE_OVERLAP_HITPOLICY_UNIQUE -> "Part the rows, or choose the hit policy FIRST or PRIORITY.";
            case DECISION_TABLE_OVERLAP_HITPOLICY_ANY -> "Let these rows say the same, or part them.";
            case DECISION_TABLE_GAP -> "Add a row for it, or give the output a default.";
            case DECISION_TABLE_MASKED_RULE, DECISION_TABLE_MISLEADING_RULE -> "Change the order or the priority of the rows.";
            case FAILED_XML_VALIDATION -> "Save the model again from a DMN editor.";
            default -> null;
        };
    }
}
