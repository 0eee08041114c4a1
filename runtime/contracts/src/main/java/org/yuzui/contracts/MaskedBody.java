package org.yuzui.contracts;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;

/**
 * A content as it may be shown.
 *
 * @param body   with every hidden value masked and the keys of every object in order
 * @param fields JSON pointers of the values that are masked, in the order of the body
 */
public record MaskedBody(JsonNode body, List<String> fields) {
}
