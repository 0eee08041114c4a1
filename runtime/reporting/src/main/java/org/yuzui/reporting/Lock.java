package org.yuzui.reporting;

import java.time.Instant;

/** That nobody below a unit may hand in for a period any more, or again. */
public record Lock(long id, String form, Period period, String unit, boolean locked, String reason, String who, Instant at) {
}
