package org.yuzui.broker;

import java.util.Map;

/**
 * A message to be sent; always durable.
 *
 * @param address     where to; every queue bound to it gets a copy
 * @param group       messages of one group keep their order and go to one consumer of a queue; null for none
 * @param duplicateId a second message with the same one is recognised as a duplicate; null for none
 * @param headers     small texts
 * @param body        may be large; streamed to disk by the broker above its own limit
 */
public record Outbound(String address, String group, String duplicateId, Map<String, String> headers, byte[] body) {
}
