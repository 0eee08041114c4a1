package org.yuzui.ledger;

import java.util.List;

/**
 * Flows, the newest first.
 *
 * @param next cursor of the next page; null at the end
 */
public record FlowPage(List<Flow> flows, String next) {
}
