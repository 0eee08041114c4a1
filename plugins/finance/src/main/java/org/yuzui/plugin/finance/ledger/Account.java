package org.yuzui.plugin.finance.ledger;

/**
 * @param level  from 1
 * @param parent null at level 1
 */
record Account(String code, String name, int level, String parent) {
}
