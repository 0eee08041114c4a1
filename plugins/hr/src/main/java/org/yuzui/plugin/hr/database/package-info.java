/**
 * Reads what has changed in a table of people, by JDBC and page by page. How far it was read is not kept here: the record store
 * says it. Knows the drivers, and nobody else does.
 */
package org.yuzui.plugin.hr.database;
