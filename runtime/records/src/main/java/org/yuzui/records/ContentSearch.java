package org.yuzui.records;

import org.yuzui.ledger.Flow;

import java.time.Instant;
import java.util.List;

/**
 * A search in the contents, as it stands.
 *
 * @param estimate  what it was thought to cost when it was asked for
 * @param looked    flows looked through
 * @param of        flows to look through, as far as that is known
 * @param found     flows that have the text
 * @param hits      of these the newest {@value ContentSearches#MOST_HITS}, the newest first
 * @param problem   why it failed; null otherwise
 * @param startedAt null before
 * @param endedAt   null before
 */
public record ContentSearch(long id, String text, State state, String who, Estimate estimate, long looked, long of, long found,
                            List<Flow> hits, String problem, Instant askedAt, Instant startedAt, Instant endedAt) {

    public enum State { ASKED, WAITING, RUNNING, DONE, STOPPED, FAILED }

    /** @param seconds as long as the like took before on this node, or a guess */
    public record Estimate(long flows, long bytes, double seconds) {
    }
}
