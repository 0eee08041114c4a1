package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What the rooms took in of one plugin, in order; closing it undoes everything in reverse. */
final class DeployedParts {

    private static final Logger LOG = LoggerFactory.getLogger(DeployedParts.class);

    private record Deployed(String kind, Deployment deployment) {
    }

    private final String id;
    private final PluginThreads threads;
    private final Deque<Deployed> deployed = new ArrayDeque<>();
    private String current = "";
    private boolean givenUp;

    private DeployedParts(String id, PluginThreads threads) {
        this.id = id;
        this.threads = threads;
    }

    /** @throws PluginException when one part failed or took too long; those before it are undone then */
    static DeployedParts deploy(StagedJar jar, PluginContent content, List<PluginPart> parts, PluginThreads threads) {
        DeployedParts all = new DeployedParts(jar.id(), threads);
        try {
            threads.bringUp(jar.id(), () -> all.takeIn(content, parts));
            return all;
        } catch (Throwable t) { // a plugin's Errors must not reach the other plugins
            String kind = all.giveUp();
            String place = jar.name() + "!HUB-INF/" + kind;
            all.close();
            if (t instanceof PluginThreads.OverdueException) {
                throw new PluginException(new Problem("too-slow", place,
                        "It was not up within " + threads.patience() + " and was given up.",
                        "Look for something that waits: a connection, a lock, a loop."), t);
            }
            if (!Fault.isExpected(t)) {
                LOG.warn("Plugin {}: its {} threw something unexpected", jar.id(), kind, t);
            }
            throw new PluginException(Fault.problem(t, place), t);
        }
    }

    private void takeIn(PluginContent content, List<PluginPart> parts) {
        for (PluginPart part : parts) {
            if (!begin(part.kind())) {
                return;
            }
            Deployment deployment = part.deploy(content);
            if (!add(new Deployed(part.kind(), deployment))) {
                // Nobody waits for it any more, and it is still the only one who knows of this deployment.
                close(new Deployed(part.kind(), deployment));
                return;
            }
        }
        for (Deployed part : inOrder()) {
            if (!begin(part.kind())) {
                return;
            }
            if (part.deployment() != null) {
                part.deployment().start();
            }
        }
    }

    private synchronized List<Deployed> inOrder() {
        List<Deployed> all = new ArrayList<>();
        deployed.descendingIterator().forEachRemaining(all::add);
        return all;
    }

    private synchronized boolean begin(String kind) {
        if (!givenUp) {
            current = kind;
        }
        return !givenUp;
    }

    private synchronized boolean add(Deployed part) {
        if (!givenUp) {
            deployed.push(part);
        }
        return !givenUp;
    }

    private synchronized String giveUp() {
        givenUp = true;
        return current;
    }

    private synchronized Deployed next() {
        return deployed.poll();
    }

    /** Undoes all, last first. A part that throws or blocks doesn't keep the others. Never throws. */
    void close() {
        for (Deployed part = next(); part != null; part = next()) {
            Deployed last = part;
            try {
                threads.takeDown(id + "-" + last.kind(), () -> close(last));
            } catch (PluginThreads.OverdueException e) {
                LOG.error("Plugin {}: its {} did not go down within {} and are left behind", id, last.kind(),
                        threads.patience());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("Plugin {}: interrupted while its {} went down", id, last.kind());
            } catch (Throwable t) { // as in deploy
                LOG.error("Plugin {}: its {} did not go down cleanly", id, last.kind(), t);
            }
        }
    }

    private static void close(Deployed part) {
        if (part.deployment() != null) {
            part.deployment().close();
        }
    }
}
