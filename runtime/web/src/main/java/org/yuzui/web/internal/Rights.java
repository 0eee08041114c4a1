package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Principal;
import org.yuzui.kernel.Problem;
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
}
