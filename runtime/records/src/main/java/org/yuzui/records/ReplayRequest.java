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
 */
public record ReplayRequest(Action action, FlowFilter filter, Set<UUID> only, String subscription, int perSecond,
                            String reason) {

    public enum Action { SEND_ON, DISMISS }

    /** Sends on from where they stopped. */
    public static ReplayRequest sendOn(FlowFilter filter, Set<UUID> only) {
        return new ReplayRequest(Action.SEND_ON, filter, only, null, 0, null);
    }
}
