package org.yuzui.reporting.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Comparisons;
import org.yuzui.reporting.Disputes;
import org.yuzui.reporting.Duties;
import org.yuzui.reporting.Feedbacks;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.FormPeriods;
import org.yuzui.reporting.Outlook;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Prints;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Reviews;
import org.yuzui.reporting.Sheets;
import org.yuzui.reporting.Signature;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Submissions;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Totals;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.UnitFiles;
import org.yuzui.reporting.UnitFolder;
import org.yuzui.reporting.UnitImport;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.dispute.DisputeDesk;
import org.yuzui.reporting.internal.feedback.FeedbackDesk;
import org.yuzui.reporting.internal.form.CompiledForm;
import org.yuzui.reporting.internal.form.DeployedForms;
import org.yuzui.reporting.internal.form.FormChanges;
import org.yuzui.reporting.internal.form.FormFile;
import org.yuzui.reporting.internal.form.FormShelf;
import org.yuzui.reporting.internal.form.FormVersions;
import org.yuzui.reporting.internal.form.OpenPeriods;
import org.yuzui.reporting.internal.form.PeriodDesk;
import org.yuzui.reporting.internal.print.PrintDesk;
import org.yuzui.reporting.internal.review.DutyDesk;
import org.yuzui.reporting.internal.review.OutlookDesk;
import org.yuzui.reporting.internal.review.Prospects;
import org.yuzui.reporting.internal.review.ReviewDesk;
import org.yuzui.reporting.internal.review.Signs;
import org.yuzui.reporting.internal.rollup.Answering;
import org.yuzui.reporting.internal.rollup.ComparisonDesk;
import org.yuzui.reporting.internal.rollup.Figures;
import org.yuzui.reporting.internal.rollup.Groupings;
import org.yuzui.reporting.internal.rollup.Holdings;
import org.yuzui.reporting.internal.rollup.RollUp;
import org.yuzui.reporting.internal.rollup.TotalDesk;
import org.yuzui.reporting.internal.rollup.TotalStore;
import org.yuzui.reporting.internal.submission.DraftTable;
import org.yuzui.reporting.internal.submission.SheetDesk;
import org.yuzui.reporting.internal.submission.SubmissionDesk;
import org.yuzui.reporting.internal.submission.SubmissionTable;
import org.yuzui.scheduling.WorkCalendar;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Forms in memory, submissions in PostgreSQL, totals added up from the submissions whenever somebody asks. */
public final class PostgresReports implements Reports {

    private final Units units;
    private final Path orgDir;
    private final Clock clock;
    private final SubmissionTable table;
    private final FormShelf forms;
    private final SubmissionDesk submissions;
    private final ReviewDesk reviews;
    private final TotalDesk totals;
    private final Duties duties;
    private final Outlook outlook;
    private final Comparisons comparisons;
    private final DisputeDesk disputes;
    private final Feedbacks feedback;
    private final FormPeriods periods;

    /**
     * @param clock  in the hub's zone
     * @param orgDir of the units' files; null when there are none
     */
    public PostgresReports(Units units, Jdbi jdbi, WorkCalendar calendar, Clock clock, Path orgDir) {
        this.units = units;
        this.orgDir = orgDir;
        this.clock = clock;
        this.table = new SubmissionTable(jdbi, clock);
        FormVersions versions = new FormVersions(jdbi, clock, units);
        this.forms = new FormShelf(new DeployedForms(), versions, new OpenPeriods(jdbi, clock, versions));
        Office office = new Office(jdbi, forms, units, calendar, clock);
        this.reviews = new ReviewDesk(office, table);
        TotalStore store = new TotalStore(jdbi, units, clock);
        Figures figures = new Figures(forms, units, table, store, (form, period, unit) -> total(form, period, unit, true));
        this.disputes = new DisputeDesk(office, figures);
        this.duties = new DutyDesk(office, reviews, disputes);
        this.totals = new TotalDesk(office, table, reviews, store, figures, disputes);
        this.outlook = new OutlookDesk(office, reviews, new Signs(jdbi), new Prospects(calendar, clock));
        this.comparisons = new ComparisonDesk(office, reviews, figures, new Groupings(units, table), disputes);
        this.feedback = new FeedbackDesk(office, reviews, new Holdings(figures, store, table), disputes);
        this.periods = new PeriodDesk(forms);
        this.submissions = new SubmissionDesk(office, table, new DraftTable(jdbi), new Neighbours(this, table), new WayIn(reviews, totals));
    }

    @Override
    public String kind() {
        return "reports";
    }

    @Override
    public Deployment deploy(PluginContent plugin) throws PluginException {
        List<CompiledForm> brought = new ArrayList<>();
        for (HubFile file : plugin.files("reports", ".form.yaml")) {
            brought.add(read(file, plugin.descriptor().id()));
        }
        return forms.deployed().take(brought.stream().map(forms.versions()::keep).toList());
    }

    private CompiledForm read(HubFile file, String plugin) {
        CompiledForm form;
        try {
            form = FormFile.read(file, plugin, units);
        } catch (ProblemException e) {
            throw new PluginException(e.problem(), e);
        }
        refusal(file, form.form()).ifPresent(p -> {
            throw new PluginException(p);
        });
        return form;
    }

    @Override
    public List<PlannedChange> plan(PluginContent coming, PluginContent running) {
        return FormChanges.between(coming, running, units, this::refusal);
    }

    /** Why a form that is sound by itself can't come. */
    private Optional<Problem> refusal(HubFile file, Form form) {
        return forms.deployed().find(file.id()).map(CompiledForm::form).filter(other -> !other.plugin().equals(form.plugin()))
                .map(other -> new Problem("duplicate-form", file.path(), "The form '" + file.id()
                        + "' is brought by the plugin '" + other.plugin() + "' already.",
                        "Give this file another name, or remove that plugin."))
                .or(() -> table.otherKind(form).map(kind -> new Problem("period-changed", file.path(),
                        "The form '" + form.id() + "' has been answered by " + kind + "; answers by " + form.period()
                                + " would not add up with those.",
                        "Write 'period: " + kind + "', or give the form another name.")));
    }

    @Override
    public Units units() {
        return units;
    }

    @Override
    public List<Form> forms() {
        return forms.deployed().all().stream().map(CompiledForm::form).toList();
    }

    @Override
    public Optional<Form> form(String id) {
        return forms.deployed().find(id).map(CompiledForm::form);
    }

    @Override
    public Submission submit(String formId, JsonNode answer, UUID record) {
        return submissions.submit(formId, answer, record, null, Signature.ROUTE);
    }

    @Override
    public Submissions submissions() {
        return submissions;
    }

    @Override
    public Sheets sheets() {
        return new SheetDesk(submissions);
    }

    @Override
    public Reviews reviews() {
        return reviews;
    }

    @Override
    public Totals totals() {
        return totals;
    }

    @Override
    public Duties duties() {
        return duties;
    }

    @Override
    public Outlook outlook() {
        return outlook;
    }

    @Override
    public Comparisons comparisons() {
        return comparisons;
    }

    @Override
    public Disputes disputes() {
        return disputes;
    }

    @Override
    public Feedbacks feedback() {
        return feedback;
    }

    @Override
    public FormPeriods periods() {
        return periods;
    }

    @Override
    public Prints prints() {
        return new PrintDesk(this, clock);
    }

    @Override
    public UnitFolder unitFolder() {
        if (orgDir == null) {
            throw new ProblemException(Problem.of("no-unit-folder", "The units of this hub came from no folder."));
        }
        LocalDate today = LocalDate.now(clock);
        return new UnitFolder() {
            @Override
            public UnitImport check(String file, byte[] bytes, Sheets.Kind kind) {
                return UnitFiles.check(orgDir, file, bytes, kind, today);
            }

            @Override
            public UnitImport take(String file, byte[] bytes, Sheets.Kind kind) {
                return UnitFiles.take(orgDir, file, bytes, kind, today);
            }
        };
    }

    @Override
    public Total total(String formId, Period period, String unitCode) {
        return total(formId, period, unitCode, false);
    }

    /** @param restated by today's tree instead of the period's */
    private Total total(String formId, Period period, String unitCode, boolean restated) {
        Form form = forms.of(formId, period).form();
        if (!period.kind().consistsOf(form.period())) {
            throw new ProblemException(unfit(form, period));
        }
        LocalDate today = LocalDate.now(clock);
        LocalDate last = period.last().isAfter(today) ? today : period.last();
        Answering then = Answering.of(form, period, units, today, forms.periods(), () -> table.answered(form, period.first(), last));
        Answering who = restated ? then.by(units) : then;
        Unit unit = who.tree().find(unitCode).orElseThrow(() -> new ProblemException(new Problem("unknown-unit", null,
                "The unit '" + unitCode + "' is not known" + (units.find(unitCode).isPresent() ? " in " + period + "." : "."),
                units.cure(unitCode))));
        Set<String> below = who.tree().subtree(unitCode);
        List<String> respondents = who.expected().keySet().stream().filter(below::contains).toList();
        RollUp rollUp = new RollUp(form, who);
        if (!last.isBefore(period.first()) && !respondents.isEmpty()) {
            table.eachLatest(form, respondents, period.first(), last, rollUp::add);
        }
        return rollUp.total(unit);
    }

    private static Problem unfit(Form form, Period period) {
        String fitting = Arrays.stream(Period.Kind.values()).filter(kind -> kind.consistsOf(form.period()))
                .map(kind -> "the " + kind + " " + Period.of(kind, period.first())).collect(Collectors.joining(" or "));
        return new Problem("bad-period", null, "The form '" + form.id() + "' is answered by " + form.period()
                + ", and the " + period.kind() + " " + period + " is not made up of whole ones.", "Ask for " + fitting + ".");
    }
}
