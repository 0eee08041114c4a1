package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.kernel.Problem;
import org.yuzui.reporting.CellChange;
import org.yuzui.reporting.Draft;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.RefusedSubmission;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Review;
import org.yuzui.reporting.Sheets;
import org.yuzui.reporting.Signature;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Submissions;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** One unit's answer for one period: drafts, handing in, files, history. */
final class SubmissionCalls {

    static final String PATH = "/api/v1/submissions/{form}/{period}/{unit}";
    private static final int MOST_BYTES = 8 << 20;
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Reports reports;
    private final Json json;

    SubmissionCalls(Reports reports, Json json) {
        this.reports = reports;
        this.json = json;
    }

    /** @param standing null before the period has begun, and of a unit that does not answer */
    record Whole(String form, Period period, String unit, Standing standing, List<Submission> submissions, List<Review> reviews,
                 Draft draft) {
    }

    record Changes(int from, int to, List<CellChange> changes) {
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(PATH, this::whole).needs(Permission.READ),
                // a person's typing is no act; what counts is handing in
                Endpoint.put(PATH + "/draft", this::keep).needs(Permission.REPORT).changesNothing(),
                Endpoint.post(PATH, this::handIn).needs(Permission.REPORT).act("report-hand-in"),
                Endpoint.get(PATH + "/diff", List.of("from", "to"), this::diff).needs(Permission.READ),
                Endpoint.get(PATH + "/template", List.of("as"), this::template).needs(Permission.READ),
                Endpoint.post("/api/v1/submission-files", this::file).with(List.of("note"), List.of())
                        .needs(Permission.REPORT).act("report-hand-in"));
    }

    private void whole(Context ctx, Query query) {
        String form = ctx.pathParam("form");
        Period period = Asked.period(ctx);
        String unit = ctx.pathParam("unit");
        Submissions submissions = reports.submissions();
        Answers.send(ctx, json, new Whole(form, period, unit, reports.reviews().standings(form, period).get(unit),
                submissions.history(form, period, unit), reports.reviews().of(form, period, unit),
                submissions.draft(form, period, unit).orElse(null)));
    }

    private void keep(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("values"));
        Rights.require(ctx, reports, ctx.pathParam("unit"));
        Answers.send(ctx, json, reports.submissions().keep(ctx.pathParam("form"), Asked.period(ctx), ctx.pathParam("unit"),
                body.path("values"), signature(ctx, "rest")));
    }

    private void handIn(Context ctx, Query query) {
        JsonNode body = Answers.body(ctx, json, List.of("values", "note"));
        JsonNode values = body.get("values");
        String note = body.path("note").asText(null);
        Deed.of(ctx).because(note);
        Rights.require(ctx, reports, ctx.pathParam("unit"));
        Answers.send(ctx, json, taken(ctx, () -> reports.submissions().handIn(ctx.pathParam("form"), Asked.period(ctx), ctx.pathParam("unit"),
                values, note, signature(ctx, "rest"))));
    }

    private void diff(Context ctx, Query query) {
        int to = query.number("to", 1, Integer.MAX_VALUE, 0);
        int from = query.number("from", 1, Integer.MAX_VALUE, Math.max(1, to - 1));
        Answers.send(ctx, json, new Changes(from, to, reports.submissions().diff(ctx.pathParam("form"), Asked.period(ctx),
                ctx.pathParam("unit"), from, to)));
    }

    private void template(Context ctx, Query query) {
        String as = query.text("as") == null ? "xlsx" : query.text("as");
        Sheets.Kind kind = Sheets.Kind.of("." + as).orElseThrow(() -> Refusal.badRequest("bad-kind", Query.place("as"),
                "'" + as + "' is no kind of file.", "Choose xlsx or csv."));
        byte[] file = reports.sheets().template(ctx.pathParam("form"), Asked.period(ctx), ctx.pathParam("unit"), kind);
        ctx.header("Content-Disposition", "attachment; filename=\"" + ctx.pathParam("form") + "-" + ctx.pathParam("period") + "-"
                + ctx.pathParam("unit").replaceAll("[^0-9A-Za-z-]", "") + "." + kind.word() + "\"");
        ctx.contentType(kind == Sheets.Kind.XLSX ? XLSX : "text/csv; charset=utf-8").result(file);
    }

    /** The file itself says which form, period and unit it is for. */
    private void file(Context ctx, Query query) {
        Sheets.Kind kind = kind(ctx);
        byte[] bytes = bytes(ctx);
        Submission submission = taken(ctx, () -> reports.sheets().handIn(bytes, kind, query.text("note"), signature(ctx, kind.word()),
                unit -> Rights.require(ctx, reports, unit)));
        Deed.of(ctx).on(submission.form() + "/" + submission.period() + "/" + submission.unit()).because(query.text("note"));
        Answers.send(ctx, json, submission);
    }

    /** By what the body is said to be. */
    static Sheets.Kind kind(Context ctx) {
        String type = ctx.contentType() == null ? "" : ctx.contentType().split(";")[0].strip();
        if (!type.equals(XLSX) && !type.equals("text/csv")) {
            throw new Refusal(415, new Problem("not-a-sheet", "header Content-Type",
                    "The body is said to be neither a workbook nor CSV.", "Send it with 'Content-Type: " + XLSX + "' or 'text/csv'."));
        }
        return type.equals(XLSX) ? Sheets.Kind.XLSX : Sheets.Kind.CSV;
    }

    /** Larger than what other calls take: a workbook may have thousands of cells. */
    static byte[] bytes(Context ctx) {
        try {
            byte[] bytes = ctx.bodyInputStream().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Refusal(413, new Problem("too-large", "body", "The file is larger than 8 MB.", null));
            }
            return bytes;
        } catch (IOException e) {
            throw Refusal.badRequest("bad-upload", "body", "The upload broke off.", "Send it again.");
        }
    }

    private static Submission taken(Context ctx, Supplier<Submission> handingIn) {
        try {
            Submission submission = handingIn.get();
            Deed.of(ctx).with("version", submission.version());
            return submission;
        } catch (RefusedSubmission e) {
            throw new NotTaken(e);
        }
    }

    static Signature signature(Context ctx, String door) {
        return new Signature(who(ctx), door);
    }

    static String who(Context ctx) {
        return Door.callerOf(ctx).principal().name();
    }
}
