package org.yuzui.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * What lies in the ledger beside hops: a message, or the content of a record. Its bytes are sealed; {@link Ledger#open} opens them.
 *
 * @param id      the {@link Hop#message} of the hops that speak of it, or the flow whose own it is
 * @param placed  when it was put there
 * @param content whether it is the content of a record, JSON, and no message of a source
 * @param size    bytes
 * @param sha256  of its bytes, in hexadecimal; null when it can't be opened
 * @param trouble code of why it can't be opened: {@code payload-key-unknown}, {@code payload-file-missing}, {@code payload-damaged}; else null
 */
public record Keepsake(UUID id, Instant placed, boolean content, long size, String sha256, String trouble) {
}
