package org.yuzui.records;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** A content of a key, without the content itself; see {@link StoredRecord}. */
public record StoredVersion(UUID id, int version, boolean latest, LocalDate day, Instant arrivedAt) {
}
