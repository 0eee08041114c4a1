package org.yuzui.web;

import java.time.Instant;
import java.util.List;

/**
 * What the hub says of itself.
 *
 * @param node    the node's id
 * @param unit    code of the unit whose node it is
 * @param store   which database, without credentials
 * @param broker  which broker, without credentials
 * @param checks  what must hold for {@code /ready}, in the order shown
 */
public record HubInfo(String node, String unit, String version, Instant startedAt, String store, String broker,
                      List<ReadyCheck> checks) {

    public HubInfo {
        checks = List.copyOf(checks);
    }

    /**
     * Something that must hold for the hub to do its work.
     *
     * @param name  {@code store, broker, plugins}
     * @param probe see {@link Probe}
     */
    public record ReadyCheck(String name, Probe probe) {
    }

    /**
     * Throws while the thing is not as it should be. The sentence of a
     * {@link org.yuzui.kernel.ProblemException} is shown to everybody who asks; of any other exception only the class.
     */
    @FunctionalInterface
    public interface Probe {
        void check() throws Exception;
    }
}
