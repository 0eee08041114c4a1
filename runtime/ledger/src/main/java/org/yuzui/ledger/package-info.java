/**
 * Flows and hops: all that happened to a record. Hops travel in the broker transaction of the record itself and are
 * drained to PostgreSQL in batches, so the ledger can lag but never lie. It knows no contract and no route, only names.
 */
package org.yuzui.ledger;
