package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.kernel.Problem;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Sheets;
import org.yuzui.reporting.UnitFilesException;
import org.yuzui.reporting.UnitImport;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Unit files come in. */
final class UnitCalls {

    private static final Pattern PLACE = Pattern.compile("(?:.*/)?([^/:]+)(?::(\\d+))?(?: (\\S+))?");

    private final Reports reports;
    private final Json json;

    UnitCalls(Reports reports, Json json) {
        this.reports = reports;
        this.json = json;
    }

    /** One thing that is wrong, by its file, line and column. */
    record UnitProblem(String file, Integer line, String column, String code, String message, String cure) {

        static UnitProblem of(Problem problem) {
            Matcher place = PLACE.matcher(problem.place() == null ? "" : problem.place());
            boolean found = place.matches();
            return new UnitProblem(found ? place.group(1) : problem.place(), found && place.group(2) != null
                    ? Integer.valueOf(place.group(2)) : null, found ? place.group(3) : null, problem.code(), problem.message(), problem.cure());
        }
    }

    /** A unit file that can't be taken, with everything that is wrong. */
    static final class BadUnits extends Refusal {

        private static final long serialVersionUID = 1L;

        private final transient List<UnitProblem> problems;

        BadUnits(UnitFilesException e) {
            super(422, new Problem("bad-units", e.problems().get(0).place(), "The file can't be taken: " + e.problems().size()
                    + (e.problems().size() == 1 ? " thing is" : " things are") + " wrong.", "Mend each line that 'problems' names."));
            this.problems = e.problems().stream().map(UnitProblem::of).toList();
        }

        List<UnitProblem> problems() {
            return problems;
        }
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/api/v1/unit-files", this::take).with(List.of("file", "check"), List.of())
                .needs(Permission.OPERATE).act("unit-import"));
    }

    private void take(Context ctx, Query query) {
        String file = query.text("file") == null ? "units.csv" : query.text("file");
        boolean check = query.flag("check");
        Deed.of(ctx).on(file);
        if (check) {
            Deed.of(ctx).onlyAsked();
        }
        Sheets.Kind kind = SubmissionCalls.kind(ctx);
        byte[] bytes = SubmissionCalls.bytes(ctx);
        try {
            UnitImport result = check ? reports.unitFolder().check(file, bytes, kind) : reports.unitFolder().take(file, bytes, kind);
            Deed.of(ctx).with("added", result.added().size()).with("changed", result.changed().size()).with("removed", result.removed().size());
            Answers.send(ctx, json, result);
        } catch (UnitFilesException e) {
            throw new BadUnits(e);
        }
    }
}
