package org.yuzui.ledger;

import java.util.List;

/**
 * Why flows need somebody's attention, the most frequent reason first.
 *
 * @param counted how many flows were looked at
 * @param all     whether these are all that match; else they are the newest ones
 */
public record Causes(long counted, boolean all, List<CauseGroup> groups) {
}
