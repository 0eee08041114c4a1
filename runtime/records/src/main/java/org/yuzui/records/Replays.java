package org.yuzui.records;

import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Message;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Sends on again what had stopped: refused messages go in once more by their route, records that a subscription gave up go to that
 * subscription. What has ended already is not applied twice. A replay outlives a restart, and goes on where it was. Thread-safe.
 */
public interface Replays extends AutoCloseable {

    /**
     * Lets replays run: those that were under way when the hub ended, and those that were asked for since. Before the plugins are there
     * nothing could take what is sent on.
     */
    void goOn();

    /**
     * Counts, and changes nothing.
     *
     * @throws org.yuzui.kernel.ProblemException {@code unknown-subscription}
     */
    ReplayPreview preview(ReplayRequest request);

    /**
     * Chooses the flows and begins; returns at once.
     *
     * @param who as it stands in the audit
     * @throws org.yuzui.kernel.ProblemException {@code no-reason}, {@code unknown-subscription}, {@code subscription-not-read},
     *         {@code too-many-flows}, and for one flow
     *         {@code version-not-running}, which says how to bring that version back
     */
    Replay start(ReplayRequest request, String who);

    /**
     * Lets a mended message go in by the route of the one that was refused. The refused one stays as it is. A large one in a file is never
     * whole in memory; the file may be deleted when this returns.
     *
     * @throws org.yuzui.spi.RefusedException     it was refused again, and that is kept
     * @throws org.yuzui.kernel.ProblemException {@code unknown-record}, {@code not-refused}, {@code message-not-kept}, {@code not-json},
     *                                           {@code route-not-there}, {@code route-failed}, {@code message-too-large}, {@code journal-unavailable}
     */
    void mend(UUID refused, Message message, String who, String reason);

    /** The same with a small one. */
    default void mend(UUID refused, byte[] message, String who, String reason) {
        mend(refused, Message.of(message), who, reason);
    }

    /**
     * Tries a flow: runs its route with the message that was kept or with another one, and says what would come of it.
     *
     * @param message instead of the kept one; null for that
     * @throws org.yuzui.kernel.ProblemException {@code unknown-record}, {@code message-not-kept}, {@code route-not-there},
     *                                           {@code version-not-running}
     */
    DryRun rehearse(UUID flow, byte[] message, ReplayRequest.Version version);

    /** The newest first. */
    List<Replay> recent(int most);

    Optional<Replay> find(long id);

    /** Flows of a replay that stopped again, or could not be sent on, in the order in which they were tried. */
    List<ReplayFailure> failures(long id, int most);

    /** The replays that a flow was chosen for, the newest first. */
    List<ReplayOfFlow> of(UUID flow, int most);

    /**
     * Tells of each that went on, turned or ended here: at most four times a second of one, and of its last state always. Another node
     * that shares the database tells of its own. Must return quickly.
     */
    Registration listen(Consumer<Replay> listener);

    /** Stops after the flow that is under way; {@link #resume} goes on. */
    void pause(long id);

    void resume(long id);

    /** Ends it; what was not begun stays as it is. */
    void stop(long id);

    @Override
    void close();
}
