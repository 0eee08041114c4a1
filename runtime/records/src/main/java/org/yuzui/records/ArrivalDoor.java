package org.yuzui.records;

import java.util.UUID;

/** Where a message that was refused goes in once more: at the beginning of the route by which it came. */
public interface ArrivalDoor {

    /**
     * Runs the route with the message, as if it had just arrived.
     *
     * @param refused the flow of the refused message: what is made of it now names it as its parent
     * @throws org.yuzui.spi.RefusedException     it was refused again, and that is kept
     * @throws org.yuzui.kernel.ProblemException {@code route-not-there}: nobody can take it now
     */
    void enter(UUID refused, String plugin, String route, byte[] message) throws Exception;
}
