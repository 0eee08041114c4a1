/**
 * Artemis, embedded or by URL: durable queues, the transacted session that carries messages and the trail of what
 * happened to them in one commit, and the publisher that lets many callers share a commit. It knows bytes and queues,
 * not records.
 */
package org.yuzui.broker;
