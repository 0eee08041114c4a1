package org.yuzui.records;

/**
 * What a replay would do.
 *
 * @param fresh   flows that stopped and would be sent on
 * @param applied flows that have ended already, or are under way: nothing would be done
 * @param lost    flows that stopped of which no message was kept
 */
public record ReplayPreview(long fresh, long applied, long lost) {
}
