package org.yuzui.kernel;

import java.util.List;

/**
 * What a part took in of one plugin. It is made beside whatever runs already, then started; closing it undoes exactly
 * that. Closing twice does nothing. {@link #quiesce} and {@link #close} never throw.
 *
 * <p>The version before is quiet when {@link #start} is called, so that no record is worked on by both. Nothing of a
 * deployment consumes, listens or fires before {@link #start}, nor after {@link #quiesce}.
 */
public interface Deployment extends AutoCloseable {

    /** A deployment of nothing. */
    Deployment NONE = () -> { };

    /**
     * Begins to work: consumers read, listeners listen, this version's contracts and forms count. May be called again
     * after {@link #quiesce}.
     *
     * @throws PluginException when it can't; it is quiet again then
     */
    default void start() throws PluginException {
    }

    /**
     * Stops consuming and lets what is under way come to its end, within the part's own limit. Returns when it is quiet;
     * records that arrive from now on wait in the broker.
     */
    default void quiesce() {
    }

    /** What hinders it at present although it runs, such as a system that can't be reached; it mends itself. */
    default List<Problem> troubles() {
        return List.of();
    }

    @Override
    void close();
}
