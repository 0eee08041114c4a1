/**
 * Contracts: named, versioned JSON Schemas of records. It checks a record, finds its key, unit and day, masks what is
 * personal, and says which change of a contract would break its readers. It stores nothing.
 */
package org.yuzui.contracts;
