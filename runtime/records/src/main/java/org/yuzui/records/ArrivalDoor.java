package org.yuzui.records;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;

import java.util.Optional;

/** Where a message goes in once more: at the beginning of the route by which it came. */
@FunctionalInterface
public interface ArrivalDoor {

    /**
     * Runs the route with the message, as if it had just arrived from the same source.
     *
     * @param origin how it came: plugin and route, the source's words for it, and as {@link Origin#parent()} the flow of the message, which
     *               what is made of it now names as its parent
     * @throws org.yuzui.spi.RefusedException     it was refused again, and that is kept
     * @throws org.yuzui.kernel.ProblemException {@code route-not-there}: nobody can take it now
     */
    void enter(Origin origin, byte[] message) throws Exception;

    /**
     * The same with a large one, a little of which is in memory at a time.
     *
     * @throws org.yuzui.kernel.ProblemException also {@code message-too-large}: this door takes it only whole
     */
    default void enter(Origin origin, Message message) throws Exception {
        throw tooLarge(message);
    }

    /** As {@link #rehearse(Origin, byte[], Rehearsal)}. */
    default void rehearse(Origin origin, Message message, Rehearsal rehearsal) throws Exception {
        throw tooLarge(message);
    }

    private static ProblemException tooLarge(Message message) {
        return new ProblemException(Problem.of("message-too-large", "The message has " + (message.size() >> 20)
                + " MiB and can only go in whole; up to " + (Ledger.MOST_IN_MEMORY >> 20) + " MiB do.")
                .cure("Have it come once more by the way that it came."));
    }

    /**
     * The same without anything becoming durable, and without the steps that reach outside of the hub.
     *
     * @throws org.yuzui.spi.RefusedException     it would be refused
     * @throws org.yuzui.kernel.ProblemException {@code route-not-there}
     */
    default void rehearse(Origin origin, byte[] message, Rehearsal rehearsal) throws Exception {
        throw new ProblemException(Problem.of("route-not-there", "The route '" + origin.route() + "' of " + origin.plugin() + " can't be tried."));
    }

    /** The version of a plugin whose routes run now; empty when none does, and for the site. */
    default Optional<String> version(String plugin) {
        return Optional.empty();
    }
}
