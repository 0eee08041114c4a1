package org.yuzui.records;

import org.yuzui.spi.RefusedException;

/**
 * Stands for the hub while a message is only tried: what a route publishes is checked as always and told afterwards; nothing becomes
 * durable. Thread-safe, for a route may go on in several threads.
 */
public interface Rehearsal extends Batch {

    /** A message that the route refuses, which is not kept. */
    void refuse(RefusedException reason);

    /** A step that reaches outside of the hub, and that was not done. */
    void leaveOut(String step);
}
