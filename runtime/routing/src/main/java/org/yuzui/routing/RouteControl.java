package org.yuzui.routing;

import java.util.List;
import java.util.Optional;

/** Looking at routes closely, stopping and starting them one by one. */
public interface RouteControl {

    /** Nothing runs. */
    RouteControl NONE = new RouteControl() {
        @Override
        public Optional<RouteDetail> find(String owner, String route) {
            return Optional.empty();
        }

        @Override
        public List<RouteEnd> ends() {
            return List.of();
        }

        @Override
        public RouteDetail stop(String owner, String route, String who, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RouteDetail start(String owner, String route) {
            throw new UnsupportedOperationException();
        }
    };

    /** A route of what runs, also one that was stopped by hand. */
    Optional<RouteDetail> find(String owner, String route);

    /** What the routes that are deployed and run read from and write to, as far as their files say. */
    List<RouteEnd> ends();

    /**
     * Takes nothing in any more by this route, on no node, over restarts and new versions, until {@link #start}. Returns when
     * what was under way here has ended, within the limit of a standstill. Stopping what is stopped changes nothing.
     *
     * @param reason may be null
     * @throws org.yuzui.kernel.ProblemException {@code unknown-route}; {@code inner-route} when it only takes over from others
     */
    RouteDetail stop(String owner, String route, String who, String reason);

    /**
     * Starts a route that was stopped by hand.
     *
     * @throws org.yuzui.kernel.ProblemException {@code unknown-route}, or why it can't start; it stays stopped then
     */
    RouteDetail start(String owner, String route);
}
