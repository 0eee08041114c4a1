package org.yuzui.plugin.energy;

import org.yuzui.plugin.energy.meter.BadReply;
import org.yuzui.plugin.energy.meter.Line;
import org.yuzui.plugin.energy.meter.Reply;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks many meters, line by line: the meters of a line one after the other, lines in parallel within the bounds. Remembers
 * between rounds who did not answer, and leaves them alone for a while. One round at a time.
 */
final class Round {

    /**
     * What came of a question.
     *
     * @param reply  null when there is none
     * @param code   why not: {@code unreachable, silent, backing-off, not-in-time}, or that of a {@link BadReply}
     * @param reason for a person
     */
    record Outcome(Reply reply, String code, String reason) {
        static Outcome of(Reply reply) {
            return new Outcome(reply, null, null);
        }

        static Outcome none(String code, String reason) {
            return new Outcome(null, code, reason);
        }
    }

    private record Rest(int failures, long until) {
    }

    private final EnergySettings.Manners manners;
    private final Map<String, Rest> resting = new ConcurrentHashMap<>();
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private int number;

    Round(EnergySettings.Manners manners) {
        this.manners = manners;
    }

    /**
     * @param threads of this round alone; they are ended with it
     * @return an outcome for every probe
     * @throws InterruptedException when the round is called off; its lines are closed then
     */
    Map<String, Outcome> ask(Collection<Probe> probes, ExecutorService threads) throws InterruptedException {
        Map<String, List<Probe>> lines = new LinkedHashMap<>();
        probes.forEach(p -> lines.computeIfAbsent(p.line(), l -> new ArrayList<>()).add(p));
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        long end = System.nanoTime() + manners.within().toNanos();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (List<Probe> line : lines.values()) {
                int first = number;
                number += line.size() * (manners.retries() + 1);
                all.add(threads.submit(() -> askLine(line, first, end, outcomes)));
            }
            for (Future<?> one : all) {
                await(one, end);
            }
        } finally {
            threads.shutdownNow();
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
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void askLine(List<Probe> probes, int first, long end, Map<String, Outcome> outcomes) {
        Line line = null;
        int question = first;
        try {
            for (Probe probe : probes) {
                if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
                    return;
                }
                Outcome outcome = rests(probe.line()) || rests(probe.id())
                        ? Outcome.none("backing-off", "it did not answer before, and is left alone for a while") : null;
                for (int attempt = 0; outcome == null; attempt++) {
                    try {
                        if (line == null) {
                            line = connect(probe);
                        }
                        outcome = Outcome.of(line.ask(probe.question(question++), manners.answer()));
                    } catch (BadReply e) {
                        outcome = attempt < manners.retries() ? null : Outcome.none(e.code(), e.getMessage());
                        line = end(line); // what else comes there can't be told from an answer
                    } catch (SocketTimeoutException e) {
                        boolean connected = line != null;
                        outcome = connected && attempt < manners.retries() ? null : Outcome.none(connected ? "silent" : "unreachable", e.getMessage());
                        line = end(line);
                    } catch (IOException e) {
                        boolean connected = line != null;
                        outcome = connected && attempt < manners.retries() ? null : Outcome.none("unreachable", String.valueOf(e.getMessage()));
                        line = end(line);
                    }
                }
                note(probe, outcome);
                outcomes.put(probe.id(), outcome);
            }
        } finally {
            end(line);
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
    private void note(Probe probe, Outcome outcome) {
        if (outcome.reply() != null) {
            resting.remove(probe.line());
            resting.remove(probe.id());
        } else if (!outcome.code().equals("backing-off")) {
            String who = outcome.code().equals("unreachable") ? probe.line() : probe.id();
            resting.compute(who, (w, before) -> {
                int failures = before == null ? 1 : before.failures() + 1;
                long rest = manners.first().toNanos() << Math.min(failures - 1, 16);
                return new Rest(failures, System.nanoTime() + Math.min(rest, manners.most().toNanos()));
            });
        }
    }

    private boolean rests(String who) {
        Rest rest = resting.get(who);
        return rest != null && System.nanoTime() < rest.until();
    }
}
