package org.yuzui.broker.internal;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.Outbound;
import org.yuzui.broker.Publisher.Outcome;

/** The thread behind a publisher: commits group after group on a channel of its own. */
final class Committer implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    private final CallQueue queue;
    private final CoreLink link;
    private final CoreMessages messages;
    private final Preflight preflight;
    private CoreChannel channel;

    Committer(CallQueue queue, CoreLink link, CoreMessages messages, Preflight preflight) {
        this.queue = queue;
        this.link = link;
        this.messages = messages;
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
                    dropChannel();
                } finally {
                    failTheRest(group);
                    queue.finished(group);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dropChannel();
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
            write(calls);
            calls.forEach(call -> call.done(Outcome.DURABLE));
        } catch (Exception e) {
            if (channel != null && !channel.undo()) {
                dropChannel();
            }
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

    private void write(List<Call> calls) throws Exception {
        preflight.refuseWhenFull();
        if (channel == null || !channel.isOpen()) {
            dropChannel();
            channel = link.transacted();
        }
        List<byte[]> trail = new ArrayList<>(calls.size());
        for (Call call : calls) {
            for (Outbound message : call.messages) {
                messages.send(channel, message);
            }
            trail.add(call.trail);
        }
        messages.sendTrail(channel, trail);
        channel.session().commit();
    }

    /** What broke off on the way must not leave a caller waiting without end. */
    private static void failTheRest(List<Call> group) {
        for (Call call : group) {
            if (!call.isDone()) {
                call.failed(new BrokerException("publish: the committer failed, whether it happened is not known", null));
            }
        }
    }

    private void dropChannel() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
