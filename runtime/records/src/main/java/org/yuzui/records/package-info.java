/**
 * The way of a record: validate, dedupe, one transacted session that carries the record and its hops, then delivery to
 * subscriptions and to the record store. It owns order, retries and dead letters; it knows no Camel and no plugin.
 */
package org.yuzui.records;
