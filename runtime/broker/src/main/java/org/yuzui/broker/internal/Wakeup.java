package org.yuzui.broker.internal;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQInterruptedException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;

/**
 * Ends a wait in Artemis' consumer from another thread. The consumer knows no other way than closing it, which would give
 * back what the transaction holds, or an interrupt: this one reaches the waiting thread only within the wait, and never
 * stays behind.
 */
final class Wakeup {

    private Thread waiting;
    private boolean woken;
    private boolean endedLastWait;

    /** Waits; null when woken, or when {@link #wake()} had been called since the last wait. */
    ClientMessage interruptible(Wait wait) throws ActiveMQException {
        synchronized (this) {
            endedLastWait = woken;
            if (woken) {
                woken = false;
                return null;
            }
            waiting = Thread.currentThread();
        }
        boolean interrupted = false;
        try {
            return wait.run();
        } catch (ActiveMQInterruptedException e) {
            interrupted = true;
            return null;
        } finally {
            synchronized (this) {
                waiting = null;
                endedLastWait = woken || interrupted;
                if (woken) {
                    woken = false;
                    Thread.interrupted();
                } else if (interrupted) {
                    // Not ours: whoever interrupted the thread wants it to notice.
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    synchronized void wake() {
        if (!woken) {
            woken = true;
            if (waiting != null) {
                waiting.interrupt();
            }
        }
    }

    synchronized boolean wokenInLastWait() {
        return endedLastWait;
    }

    interface Wait {
        ClientMessage run() throws ActiveMQException;
    }
}
