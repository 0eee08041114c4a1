package org.yuzui.records;

/**
 * One replay that a flow was chosen for.
 *
 * @param replay  as it stands
 * @param outcome what it did with the flow
 * @param cause   why the flow stopped again or could not be sent on; null otherwise
 */
public record ReplayOfFlow(Replay replay, Outcome outcome, String cause) {

    public enum Outcome {
        /** Its turn has not come; when the replay was stopped, it never does. */
        PENDING,
        DONE,
        /** It needed nothing any more. */
        SKIPPED,
        FAILED
    }
}
