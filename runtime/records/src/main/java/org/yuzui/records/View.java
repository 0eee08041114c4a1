package org.yuzui.records;

import java.time.Instant;

/**
 * A search over records that is kept under a name.
 *
 * @param name   of at most {@link Views#LONGEST_NAME} letters
 * @param search as an address has it behind its {@code ?}
 * @param who    kept it last
 * @param at     when
 */
public record View(String name, String search, String who, Instant at) {
}
