package org.yuzui.scheduling;

/** Does what a schedule is for. */
@FunctionalInterface
public interface OccurrenceHandler {

    /**
     * Runs one occurrence; returning means done, throwing means failed. Its thread is interrupted at the schedule's timeout
     * and when the hub stops. May be called again for the same occurrence after a crash: what it does must be the same the
     * second time.
     */
    void run(Occurrence occurrence) throws Exception;
}
