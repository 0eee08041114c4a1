package org.yuzui.plugin.energy;

import org.yuzui.plugin.energy.meter.BadReply;
import org.yuzui.plugin.energy.meter.Line;
import org.yuzui.plugin.energy.meter.Reply;
import org.yuzui.plugin.energy.meter.Request;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks many meters, line by line: the meters of a line one after the other, lines in parallel within the bounds. Remembers
 * between rounds who did not answer, and leaves them alone for a while. One round at a time.
 */
final class Round {

    /**
     * What came of a question.
     *
     * @param reply  null when there is none
     * @param code   why not: {@code unreachable, silent, hung-up, backing-off, not-in-time}, or that of a {@link BadReply}
     * @param reason for a person
     * @param asked  the frame that was sent; null when none was
     * @param came   the bytes that came back, an answer or not; null when none did
     */
    record Outcome(Reply reply, String code, String reason, byte[] asked, byte[] came) {

        static Outcome of(Reply reply, byte[] asked, byte[] came) {
            return new Outcome(reply, null, null, asked, came);
        }

        static Outcome of(BadReply bad, byte[] asked, byte[] came) {
            return new Outcome(null, bad.code(), bad.getMessage(), asked, came);
        }

        static Outcome none(String code, String reason) {
            return new Outcome(null, code, reason, null, null);
        }
    }

    private static final Outcome LEFT_ALONE = Outcome.none("backing-off", "it did not answer before, and is left alone for a while");
    private static final int MOST_DOUBLINGS = 16;

    private record Rest(int failures, long until) {
    }

    private final EnergySettings.Manners manners;
    private final Map<String, Rest> resting = new ConcurrentHashMap<>();
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();

    Round(EnergySettings.Manners manners) {
        this.manners = manners;
    }

    /**
     * @param threads at least as many as lines may be asked at a time; what still runs there when this returns ends soon
     * @return an outcome for every probe
     * @throws InterruptedException when the round is called off; its lines are closed then
     */
    Map<String, Outcome> ask(Collection<Probe> probes, ExecutorService threads) throws InterruptedException {
        Map<String, List<Probe>> lines = new LinkedHashMap<>();
        probes.forEach(p -> lines.computeIfAbsent(p.line(), l -> new ArrayList<>()).add(p));
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        long end = System.nanoTime() + manners.within().toNanos();
        Queue<List<Probe>> waiting = new ConcurrentLinkedQueue<>(lines.values());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = Math.min(manners.concurrency(), lines.size()); i > 0; i--) {
                all.add(threads.submit(() -> askLines(waiting, end, outcomes)));
            }
            for (Future<?> one : all) {
                await(one, end);
            }
        } finally {
            waiting.clear();
            open.forEach(Round::close); // who waits for a meter feels no interrupt
        }
        Map<String, Outcome> complete = new LinkedHashMap<>();
        probes.forEach(p -> complete.put(p.id(), outcomes.getOrDefault(p.id(), Outcome.none("not-in-time",
                "it was not its turn within " + manners.within().toSeconds() + " s"))));
        return complete;
    }

    private static void await(Future<?> one, long end) throws InterruptedException {
        try {
            one.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            one.cancel(true);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void askLines(Queue<List<Probe>> waiting, long end, Map<String, Outcome> outcomes) {
        for (List<Probe> line = waiting.poll(); line != null; line = waiting.poll()) {
            askLine(line, end, outcomes);
        }
    }

    private void askLine(List<Probe> probes, long end, Map<String, Outcome> outcomes) {
        Outcome dead = null; // the line, for this round
        Line line = null;
        try {
            for (Probe probe : probes) {
                if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
                    return;
                }
                Outcome outcome = dead != null ? dead : rests(probe.line()) || rests(probe.id()) ? LEFT_ALONE : null;
                for (int attempt = 0; outcome == null; attempt++) {
                    try {
                        line = line == null ? connect(probe) : line;
                    } catch (IOException e) {
                        dead = Outcome.none("unreachable", String.valueOf(e.getMessage()));
                        rest(probe.line());
                        outcome = dead;
                        break;
                    }
                    outcome = question(line, probe);
                    if (outcome.reply() == null) {
                        line = end(line); // what else comes there can't be told from an answer
                        if (System.nanoTime() >= end) {
                            return; // not its fault
                        }
                        if (attempt < manners.retries()) {
                            outcome = null;
                        } else {
                            rest(probe.id());
                        }
                    }
                }
                if (outcome.reply() != null) {
                    resting.remove(probe.line());
                    resting.remove(probe.id());
                }
                outcomes.put(probe.id(), outcome);
            }
        } finally {
            end(line);
        }
    }

    private Outcome question(Line line, Probe probe) {
        Request question = probe.question(number.getAndIncrement());
        try {
            Line.Heard heard = line.ask(question, manners.answer());
            return Outcome.of(heard.reply(), question.bytes(), heard.bytes());
        } catch (BadReply e) {
            return Outcome.of(e, question.bytes(), e.received());
        } catch (SocketTimeoutException e) {
            return Outcome.none("silent", e.getMessage());
        } catch (IOException e) {
            return Outcome.none("hung-up", String.valueOf(e.getMessage()));
        }
    }

    private Line connect(Probe probe) throws IOException {
        Line line = Line.open(probe.host(), probe.port(), manners.connect());
        open.add(line);
        return line;
    }

    private Line end(Line line) {
        if (line != null) {
            open.remove(line);
            close(line);
        }
        return null;
    }

    private static void close(Line line) {
        try {
            line.close();
        } catch (IOException e) {
            // it is gone all the same
        }
    }

    /** A line that can't be opened rests as a whole; a meter that is silent on a line that works rests alone. */
    private void rest(String who) {
        resting.compute(who, (w, before) -> {
            int failures = before == null ? 1 : before.failures() + 1;
            long rest = manners.first().toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
            return new Rest(failures, System.nanoTime() + Math.min(rest, manners.most().toNanos()));
        });
    }

    private boolean rests(String who) {
        Rest rest = resting.get(who);
        return rest != null && System.nanoTime() < rest.until();
    }
}
