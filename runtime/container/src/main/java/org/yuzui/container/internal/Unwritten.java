package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.ProblemException;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be written into the journal in order, as soon as the database is there. One thread. */
final class Unwritten {

    private static final Logger LOG = LoggerFactory.getLogger(Unwritten.class);

    private final Deque<Runnable> entries = new ArrayDeque<>();

    /** Now, or when the database is back. */
    void write(Runnable entry) {
        entries.add(entry);
        try {
            writeAll();
        } catch (ProblemException e) {
            LOG.warn("{} It is written down later.", e.problem().sentence());
        }
    }

    /**
     * Before anything new may begin: what is written late must not undo it.
     *
     * @throws ProblemException when the database is still away
     */
    void writeAll() {
        while (!entries.isEmpty()) {
            entries.peek().run();
            entries.remove();
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
