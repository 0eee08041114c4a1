package org.yuzui.records;

import org.yuzui.ledger.FlowFilter;

import java.util.Set;
import java.util.UUID;

/**
 * What is to be sent on again, or dismissed.
 *
 * @param action       what to do
 * @param filter       which flows
 * @param only         of these the chosen ones; null for all that the filter matches
 * @param subscription send the records to this subscription, also those that it had before; null for where each one stopped.
 *                     What such a subscription does with a record that it had before is its own affair: the hub's own sinks
 *                     recognise it
 * @param perSecond    flows a second at most; 0 for as fast as it goes
 * @param reason       why; needed for {@link Action#DISMISS}
 * @param fromArrival  every one whose message was kept goes in again at the beginning of its route, ended or not; what comes of it is
 *                     recognised when it is the same
 * @param version      by which version of the plugin
 */
public record ReplayRequest(Action action, FlowFilter filter, Set<UUID> only, String subscription, int perSecond,
                            String reason, boolean fromArrival, Version version) {

    public enum Action { SEND_ON, DISMISS }

    public enum Version {
        /** The one that runs. */
        CURRENT,
        /** Only the one that had it before: what another version had is left alone. */
        ORIGINAL
    }

    /** From where they stopped, or to a subscription; by the version that runs. */
    public ReplayRequest(Action action, FlowFilter filter, Set<UUID> only, String subscription, int perSecond, String reason) {
        this(action, filter, only, subscription, perSecond, reason, false, Version.CURRENT);
    }

    /** Sends on from where they stopped. */
    public static ReplayRequest sendOn(FlowFilter filter, Set<UUID> only) {
        return new ReplayRequest(Action.SEND_ON, filter, only, null, 0, null);
    }

    /** The same by another version. */
    public ReplayRequest by(Version newVersion) {
        return new ReplayRequest(action, filter, only, subscription, perSecond, reason, fromArrival, newVersion);
    }

    /** From the beginning of their routes. */
    public ReplayRequest again() {
        return new ReplayRequest(action, filter, only, subscription, perSecond, reason, true, version);
    }
}
