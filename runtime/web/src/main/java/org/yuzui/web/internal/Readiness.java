package org.yuzui.web.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.ProblemException;
import org.yuzui.web.HubInfo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether the hub can do its work. The checks run on a thread of their own, one round at a time, and every caller waits for
 * the round under way: a database that hangs can't take all of the server's threads with it. Thread-safe.
 */
public final class Readiness implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final int PATIENCE_SECONDS = 3;

    private final Supplier<HubInfo> info;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(r -> {
        Thread t = new Thread(r, "web-ready");
        t.setDaemon(true);
        return t;
    });
    private CompletableFuture<Report> round;

    public Readiness(Supplier<HubInfo> info) {
        this.info = info;
    }

    record Check(String name, boolean ok, String detail) {
    }

    record Report(boolean ready, List<Check> checks) {
    }

    Report now() {
        List<String> names = info.get().checks().stream().map(HubInfo.ReadyCheck::name).toList();
        return round().copy().completeOnTimeout(
                new Report(false, names.stream().map(n -> new Check(n, false,
                        "The checks did not end within " + PATIENCE_SECONDS + " seconds.")).toList()),
                PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private synchronized CompletableFuture<Report> round() {
        if (round == null || round.isDone()) {
            round = CompletableFuture.supplyAsync(this::check, thread);
        }
        return round;
    }

    private Report check() {
        List<Check> checks = info.get().checks().stream().map(Readiness::check).toList();
        return new Report(checks.stream().allMatch(Check::ok), checks);
    }

    private static Check check(HubInfo.ReadyCheck check) {
        try {
            check.probe().check();
            return new Check(check.name(), true, null);
        } catch (ProblemException e) {
            return new Check(check.name(), false, e.problem().message());
        } catch (Exception e) {
            // its message may hold an address or more, and everybody may ask: that goes to the log only
            LOG.warn("{} is not ready: {}", check.name(), e.toString());
            return new Check(check.name(), false, "It does not answer as it should (" + e.getClass().getSimpleName() + ").");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
