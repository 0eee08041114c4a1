package org.yuzui.scheduling.internal;

import org.yuzui.scheduling.Occurrence;

/** One attempt that is under way, on the thread that made it. */
final class Run {

    private final Occurrence occurrence;
    private final Thread thread = Thread.currentThread();
    private boolean over;
    private boolean cutShort;

    Run(Occurrence occurrence) {
        this.occurrence = occurrence;
    }

    Occurrence occurrence() {
        return occurrence;
    }

    boolean isMine() {
        return thread == Thread.currentThread();
    }

    /** Interrupts the attempt, never what its thread does afterwards. */
    synchronized void interrupt() {
        if (!over) {
            thread.interrupt();
        }
    }

    /** Interrupts the attempt because nobody waits for it any more; that is not its failure. */
    synchronized void cutShort() {
        cutShort = true;
        interrupt();
    }

    synchronized boolean isCutShort() {
        return cutShort;
    }

    /** Called by its own thread when the attempt is over; takes an interrupt with it that came too late to be seen. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    synchronized void end() {
        over = true;
        Thread.interrupted();
    }
}
