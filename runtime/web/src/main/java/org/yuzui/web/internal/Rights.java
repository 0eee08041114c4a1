package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Principal;
import org.yuzui.kernel.Problem;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Reports;

/** For which units a caller may act: for its own and all below it, or for every one when it has none. */
final class Rights {

    private Rights() {
    }

    /** @throws Refusal 403 {@code not-your-unit} */
    static void require(Context ctx, Reports reports, String unit) {
        Principal principal = Door.callerOf(ctx).principal();
        String own = principal.unit();
        if (own != null && !own.equals(unit) && !reports.units().subtree(own).contains(unit)) {
            throw new Refusal(403, new Problem("not-your-unit", null, principal.name() + " acts for '" + own
                    + "' and those below it, and not for '" + unit + "'.", "Somebody of '" + unit + "' or above has to do it."));
        }
    }

    /** The one that a call names, or the province. */
    static String unit(Query query, Reports reports) {
        return query.text("unit") == null ? reports.units().root().code() : query.text("unit");
    }

    /** Null when the call names none. */
    static Period period(Query query, String name) {
        String text = query.text(name);
        try {
            return text == null ? null : Period.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("bad-period", Query.place(name), e.getMessage(), null);
        }
    }
}
