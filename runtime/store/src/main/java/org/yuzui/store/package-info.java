/**
 * PostgreSQL, embedded or by URL: one pool, one dialect, forward-only migrations that the rooms bring in
 * {@code db/migration}. It owns connections and the life of the embedded server; it knows no table of another room.
 */
package org.yuzui.store;
