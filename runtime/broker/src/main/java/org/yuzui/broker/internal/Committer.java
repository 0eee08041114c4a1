package org.yuzui.broker.internal;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.Publisher.Outcome;

/** The thread behind a publisher: commits group after group. */
final class Committer implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    private final CallQueue queue;
    private final CommitWriter writer;
    private final Preflight preflight;

    Committer(CallQueue queue, CommitWriter writer, Preflight preflight) {
        this.queue = queue;
        this.writer = writer;
        this.preflight = preflight;
    }

    @Override
    public void run() {
        try {
            List<Call> group;
            while ((group = queue.take()) != null) {
                try {
                    commit(withoutDuplicates(group));
                } catch (RuntimeException | Error e) {
                    // The thread must live on: without it every later caller would wait without end.
                    log.error("A commit of {} call(s) broke off", group.size(), e);
                    writer.close();
                } finally {
                    failTheRest(group);
                    queue.finished(group);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writer.close();
        }
    }

    private List<Call> withoutDuplicates(List<Call> group) {
        List<Call> fresh = new ArrayList<>(group.size());
        for (Call call : group) {
            if (call.ids.stream().anyMatch(id -> preflight.knows(id.address(), id.duplicateId()))) {
                call.done(Outcome.DUPLICATE);
            } else {
                fresh.add(call);
            }
        }
        return fresh;
    }

    private void commit(List<Call> calls) {
        if (calls.isEmpty()) {
            return;
        }
        try {
            preflight.refuseWhenFull();
            writer.write(calls);
            calls.forEach(call -> call.done(Outcome.DURABLE));
        } catch (Exception e) {
            if (calls.size() > 1 && Failures.mayBeOfOneMessage(e)) {
                // The one that broke it must not take the others with it.
                calls.forEach(call -> commit(List.of(call)));
            } else if (Failures.isDuplicate(e)) {
                calls.forEach(call -> call.done(Outcome.DUPLICATE));
            } else {
                BrokerException why = Failures.of("publish", e);
                calls.forEach(call -> call.failed(why));
            }
        }
    }

    /** What broke off on the way must not leave a caller waiting without end. */
    private static void failTheRest(List<Call> group) {
        for (Call call : group) {
            if (!call.isDone()) {
                call.failed(new BrokerException("publish: the committer failed, whether it happened is not known", null));
            }
        }
    }
}
