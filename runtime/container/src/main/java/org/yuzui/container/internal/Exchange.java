package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.ProblemException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Puts deployed parts in the place of others: these get quiet, those begin to work, and somebody writes it down. Whatever
 * goes wrong up to then, the old ones work again. At no time do both.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    interface Commit {
        /** @param paused null when nothing ran before */
        void commit(Duration paused);
    }

    private final DeployedParts old;
    private final DeployedParts next;
    private Duration paused;
    private PluginException lost;

    /**
     * @param old  null when nothing runs
     * @param next null when nothing is to run
     */
    Exchange(DeployedParts old, DeployedParts next) {
        this.old = old;
        this.next = next;
    }

    /**
     * Does it; the old parts are quiet afterwards and are left to be closed.
     *
     * @param drain  how long the old ones get to be quiet
     * @param commit what it throws undoes everything
     * @throws ProblemException what went wrong; the new parts are closed then, and the old ones work unless they are lost
     */
    void run(Duration drain, Commit commit) {
        long began = System.nanoTime();
        try {
            if (old != null) {
                quiesce(drain);
            }
            if (next != null) {
                next.start();
            }
            paused = old == null ? null : since(began);
            commit.commit(paused);
        } catch (RuntimeException | Error e) {
            if (next != null) {
                next.close();
            }
            if (old != null) {
                startAgain();
                paused = since(began);
            }
            throw e;
        }
    }

    private void quiesce(Duration drain) {
        try {
            old.quiesce(drain);
        } catch (PluginException e) {
            if (next != null) {
                throw e;
            }
            // Whoever stops a plugin means it; what it was working on comes again when it is started.
            LOG.warn("It is stopped although it is not quiet: {}", e.problem().sentence());
        }
    }

    private void startAgain() {
        try {
            old.start();
        } catch (PluginException e) {
            LOG.debug("The parts that ran before do not start again", e);
            lost = e;
        }
    }

    private static Duration since(long nanos) {
        return Duration.of((System.nanoTime() - nanos) / 1000, ChronoUnit.MICROS);
    }

    /** How long nothing ran; null when nothing ran before. */
    Duration paused() {
        return paused;
    }

    /** Why the old parts did not begin to work again; null when they did. */
    PluginException lost() {
        return lost;
    }
}
