package org.yuzui.records;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A record in the store.
 *
 * @param version 1 for the first content of its key, counted up with every new one
 * @param latest  whether no newer content of its key is known
 */
public record StoredRecord(UUID id, String contract, String key, int version, boolean latest, String unit, LocalDate day,
                           Instant arrivedAt, JsonNode body) {
}
