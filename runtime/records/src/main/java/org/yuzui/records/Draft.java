package org.yuzui.records;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A record on its way in.
 *
 * @param contract the contract's id
 * @param body     the record
 * @param origin   where it comes from
 */
public record Draft(String contract, JsonNode body, Origin origin) {
}
