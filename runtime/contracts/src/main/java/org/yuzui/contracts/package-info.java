/**
 * Contracts: named, versioned JSON Schemas of records. It checks a record, finds its key, unit and day, masks what is
 * personal, and says which change of a contract would break its readers. Of records it stores nothing; what each contract
 * has said it remembers in the database.
 */
package org.yuzui.contracts;
