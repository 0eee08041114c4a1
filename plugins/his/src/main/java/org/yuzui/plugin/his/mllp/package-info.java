/**
 * The door, and the way out by it: lines that the hub opens itself, one try at a time, are {@link org.yuzui.plugin.his.mllp.Sender}'s.
 * The door is camel-mllp's endpoint, address and accept thread, with a reading of the line that accounts for every byte.
 * camel-mllp's own reading says nothing to the route about a cut-off or oversized first frame, leaves that connection
 * open for ever, drops a frame that arrives together with the one before, and never gives back a grown buffer.
 */
package org.yuzui.plugin.his.mllp;
