package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Audit;
import org.yuzui.kernel.ProblemException;

import java.util.Set;

/**
 * Has the audit remember what calls do. An act that is refused, or fails, is remembered with the code of its problem; a call
 * that was not understood is none.
 */
final class Deeds {

    private static final Logger LOG = LoggerFactory.getLogger(Deeds.class);
    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(400, 401, 404, 413, 415, 429);

    private final Audit audit;
    private final Door door;

    Deeds(Audit audit, Door door) {
        this.audit = audit;
        this.door = door;
    }

    /** Lets a caller in who may do it, does it, and has it remembered. */
    void answer(Endpoint endpoint, Context ctx) throws Exception {
        if (!endpoint.isAct()) {
            door.admit(endpoint.entry(), ctx);
            endpoint.action().answer(ctx, new Query(ctx, endpoint));
            return;
        }
        Deed deed = Deed.begin(audit, endpoint, ctx);
        try {
            door.admit(endpoint.entry(), ctx);
            endpoint.action().answer(ctx, new Query(ctx, endpoint));
        } catch (ProblemException e) {
            int status = e instanceof Refusal refusal ? refusal.status() : Problems.status(e.problem().code());
            if (!NOT_UNDERSTOOD.contains(status)) {
                remember(deed.with("refused", e.problem().code()));
            }
            throw e;
        } catch (Exception e) {
            remember(deed.with("refused", "internal-error"));
            throw e;
        }
        remember(deed);
    }

    /** What is done is done: a caller who was told that it failed would do it once more. */
    private static void remember(Deed deed) {
        try {
            deed.done();
        } catch (RuntimeException e) {
            LOG.error("the audit has no entry of {}: {}", deed, e.toString());
        }
    }
}
