package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the rooms took in of one version of a plugin, in order; closing it undoes everything in reverse. */
final class DeployedParts {

    private static final Logger LOG = LoggerFactory.getLogger(DeployedParts.class);

    private record Deployed(PluginPart part, Deployment deployment) {

        String kind() {
            return part.kind();
        }
    }


    private final String id;
    private final String jar;
    private final PluginThreads threads;
    /** In the order of the parts. */
    private final List<Deployed> deployed = new ArrayList<>();
    private String current = "";
    private boolean givenUp;

    private DeployedParts(String id, String jar, PluginThreads threads) {
        this.id = id;
        this.jar = jar;
        this.threads = threads;
    }

    /**
     * Takes everything in; nothing of it works yet.
     *
     * @throws PluginException when one part failed or took too long; those before it are undone then
     */
    static DeployedParts deploy(StagedJar jar, PluginContent content, List<PluginPart> parts, PluginThreads threads) {
        DeployedParts all = new DeployedParts(jar.id(), jar.name(), threads);
        try {
            all.bringUp(() -> all.takeIn(content, parts));
            return all;
        } catch (PluginException e) {
            all.close();
            throw e;
        }
    }

    /** @throws PluginException what a part threw, or that it took too long; nothing was closed then */
    private void bringUp(PluginThreads.Work work) {
        try {
            threads.bringUp(id, work);
        } catch (Throwable t) { // a plugin's Errors must not reach the other plugins
            String kind = giveUp();
            String place = jar + "!HUB-INF/" + kind;
            if (t instanceof PluginThreads.OverdueException) {
                throw new PluginException(new Problem("too-slow", place,
                        "It was not up within " + threads.patience() + " and was given up.",
                        "Look for something that waits: a connection, a lock, a loop."), t);
            }
            if (!Fault.isExpected(t)) {
                LOG.warn("Plugin {}: its {} threw something unexpected", id, kind, t);
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
            Deployed taken = new Deployed(part, deployment == null ? Deployment.NONE : deployment);
            if (!add(taken)) {
                // Nobody waits for it any more, and it is still the only one who knows of this deployment.
                taken.deployment().close();
                return;
            }
        }
    }

    /**
     * Begins to work, or works again, part by part in order.
     *
     * @throws PluginException when a part doesn't; those before it work then
     */
    void start() {
        synchronized (this) {
            givenUp = false;
        }
        List<Deployed> all = inOrder();
        bringUp(() -> {
            for (Deployed part : all) {
                if (!begin(part.kind())) {
                    return;
                }
                part.deployment().start();
                if (isGivenUp()) {
                    part.deployment().close(); // it was closed while it still came up
                    return;
                }
            }
        });
    }

    /**
     * Stops working, part by part in reverse; returns when all are quiet.
     *
     * @throws PluginException {@code not-quiet} when they are not within the limit
     */
    void quiesce(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        for (Deployed part : inReverse()) {
            String place = jar + "!HUB-INF/" + part.kind();
            try {
                Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
                threads.takeDown(id + "-" + part.kind(), part.deployment()::quiesce, left);
            } catch (PluginThreads.OverdueException e) {
                throw new PluginException(new Problem("not-quiet", place, "What runs did not come to its end within "
                        + limit.toMillis() / 1000.0 + " s.",
                        "Look for what it waits for, or give it more time with plugins.drain in config/hub.yaml."), e);
            } catch (Throwable t) { // as in bringUp
                LOG.warn("Plugin {}: its {} did not get quiet cleanly", id, part.kind(), t);
                throw new PluginException(Fault.problem(t, place), t);
            }
        }
    }

    /** What hinders it at present. Any thread. Never throws. */
    List<Problem> troubles() {
        List<Problem> troubles = new ArrayList<>();
        for (Deployed part : inOrder()) {
            try {
                troubles.addAll(part.deployment().troubles());
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                LOG.warn("Plugin {}: its {} can't say what troubles them", id, part.kind(), e);
            }
        }
        return troubles;
    }

    /** Those of some parts; the same deployments under another handle. */
    synchronized DeployedParts of(Collection<PluginPart> parts) {
        DeployedParts some = new DeployedParts(id, jar, threads);
        deployed.stream().filter(d -> parts.contains(d.part())).forEach(some.deployed::add);
        return some;
    }

    /** Puts other deployments of the same parts in the place of those that were there. */
    synchronized void replace(DeployedParts others) {
        List<Deployed> fresh = others.inOrder();
        deployed.replaceAll(d -> fresh.stream().filter(f -> f.part() == d.part()).findFirst().orElse(d));
    }

    private synchronized List<Deployed> inOrder() {
        return List.copyOf(deployed);
    }

    private synchronized List<Deployed> inReverse() {
        List<Deployed> reverse = new ArrayList<>(deployed);
        java.util.Collections.reverse(reverse);
        return reverse;
    }

    private synchronized boolean begin(String kind) {
        if (!givenUp) {
            current = kind;
        }
        return !givenUp;
    }

    private synchronized boolean add(Deployed part) {
        if (!givenUp) {
            deployed.add(part);
        }
        return !givenUp;
    }

    private synchronized boolean isGivenUp() {
        return givenUp;
    }

    private synchronized String giveUp() {
        givenUp = true;
        return current;
    }

    /** Undoes all, last first. A part that throws or blocks doesn't keep the others. Never throws. */
    void close() {
        for (Deployed part : inReverse()) {
            try {
                threads.takeDown(id + "-" + part.kind(), part.deployment()::close);
            } catch (PluginThreads.OverdueException e) {
                LOG.error("Plugin {}: its {} did not go down within {} and are left behind", id, part.kind(),
                        threads.patience());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("Plugin {}: interrupted while its {} went down", id, part.kind());
            } catch (Throwable t) { // as in bringUp
                LOG.error("Plugin {}: its {} did not go down cleanly", id, part.kind(), t);
            }
        }
        synchronized (this) {
            deployed.clear();
        }
    }
}
