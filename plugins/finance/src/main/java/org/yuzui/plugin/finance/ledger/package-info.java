/** What a ledger must fulfil before anything of it counts, and the records that are made of it. */
package org.yuzui.plugin.finance.ledger;
