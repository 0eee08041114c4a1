package org.yuzui.container.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs a plugin's own work on a thread of its own and waits for it, but not for ever: a plugin that blocks can hold up
 * itself, not the plugins after it, nor the end of the hub.
 */
final class PluginThreads {

    interface Work {
        void run() throws Exception;
    }

    /** What an interrupted thread gets to end in order. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final Duration patience;
    private boolean hurried;

    PluginThreads(Duration patience) {
        this.patience = patience;
    }

    /** In words, such as {@code 60.0 s}. */
    String patience() {
        return patience.toMillis() / 1000.0 + " s";
    }

    /**
     * Brings something up; given up when the hub stops meanwhile.
     *
     * @throws OverdueException when it was given up; its thread was interrupted, and may still be running
     * @throws Throwable        what the work threw
     */
    void bringUp(String name, Work work) throws Throwable {
        run(name, work, patience, true);
    }

    /** Takes something down; throws as {@link #bringUp} does, but is not given up when the hub stops. */
    void takeDown(String name, Work work) throws Throwable {
        run(name, work, patience, false);
    }

    /** The same with another limit. */
    void takeDown(String name, Work work, Duration limit) throws Throwable {
        run(name, work, limit, false);
    }

    /** Gives up what is being brought up, now and later. */
    synchronized void hurry() {
        hurried = true;
        notifyAll();
    }

    private void run(String name, Work work, Duration limit, boolean mayHurry) throws Throwable {
        Run run = new Run(work);
        Thread thread = new Thread(run, "yuzui-plugin-" + name);
        thread.setDaemon(true);
        thread.start();
        if (!await(run, limit.toNanos(), mayHurry)) {
            thread.interrupt();
            await(run, GRACE.toNanos(), false);
            throw new OverdueException();
        }
        if (run.thrown != null) {
            throw run.thrown;
        }
    }

    private synchronized boolean await(Run run, long nanos, boolean mayHurry) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (!run.done && !(mayHurry && hurried)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        return run.done;
    }

    private final class Run implements Runnable {

        private final Work work;
        private boolean done;
        private Throwable thrown;

        private Run(Work work) {
            this.work = work;
        }

        @Override
        public void run() {
            Throwable failure = null;
            try {
                work.run();
            } catch (Throwable t) { // whatever a plugin's classes throw, Errors too, is the plugin's fault alone
                failure = t;
            }
            synchronized (PluginThreads.this) {
                thrown = failure;
                done = true;
                PluginThreads.this.notifyAll();
            }
        }
    }

    /** The work took longer than the patience allows, or the hub is stopping. */
    static final class OverdueException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
