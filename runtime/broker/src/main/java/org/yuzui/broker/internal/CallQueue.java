package org.yuzui.broker.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.Publisher.Outcome;

/** The calls that wait for a commit, and the duplicate ids under way in one. Thread-safe. */
final class CallQueue {

    private static final int MOST_CALLS = 256;
    private static final long MOST_BYTES = 4L << 20;

    private final Deque<Call> waiting = new ArrayDeque<>();
    private final Map<Call.Id, Call> underWay = new HashMap<>();
    private boolean closed;

    void add(Call call) {
        addAll(List.of(call));
    }

    /** All at once, so that the calls of a list are not torn into a first one that is committed alone and the rest. */
    synchronized void addAll(List<Call> calls) {
        if (closed) {
            throw closed();
        }
        waiting.addAll(calls);
        notify();
    }

    /** Waits for calls and takes those that may share a commit; null when the queue is closed and empty. */
    synchronized List<Call> take() throws InterruptedException {
        List<Call> group = new ArrayList<>();
        while (group.isEmpty()) {
            while (waiting.isEmpty()) {
                if (closed) {
                    return null;
                }
                wait();
            }
            fill(group);
        }
        return group;
    }

    private void fill(List<Call> group) {
        long bytes = 0;
        while (!waiting.isEmpty() && group.size() < MOST_CALLS) {
            Call call = waiting.peek();
            if (!group.isEmpty() && bytes + call.bytes > MOST_BYTES) {
                return;
            }
            waiting.remove();
            Call first = sameIdUnderWay(call);
            if (first != null) {
                first.echoes.add(call);
            } else {
                call.ids.forEach(id -> underWay.put(id, call));
                group.add(call);
                bytes += call.bytes;
            }
        }
    }

    private Call sameIdUnderWay(Call call) {
        for (Call.Id id : call.ids) {
            Call first = underWay.get(id);
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    /** What became of a group is known: those that waited with the same ids are duplicates now, or have their turn. */
    synchronized void finished(List<Call> group) {
        for (Call call : group) {
            call.ids.forEach(underWay::remove);
            for (Call echo : call.echoes) {
                if (call.succeeded()) {
                    echo.done(Outcome.DUPLICATE);
                } else {
                    waiting.addFirst(echo);
                }
            }
            call.echoes.clear();
        }
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** For a close that could not wait for the last commit: nobody may be left hanging. */
    synchronized void abandon() {
        List<Call> left = new ArrayList<>(waiting);
        for (Call call : underWay.values()) {
            left.add(call);
            left.addAll(call.echoes);
        }
        waiting.clear();
        left.forEach(call -> call.failed(new BrokerException(
                "the publisher was closed, whether it happened is not known", null)));
    }

    private static BrokerException closed() {
        return new BrokerException("publish: the publisher is closed", null);
    }
}
