package org.yuzui.records;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A record as a subscription gets it.
 *
 * @param arrivedAt when the hub made it durable
 * @param attempt   how often it was tried before, 0 the first time
 */
public record Delivered(UUID id, String contract, String key, String unit, LocalDate day, Instant arrivedAt, int attempt,
                        JsonNode body) {
}
