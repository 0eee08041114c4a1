/** What is read out of the database, and forgotten there; the pipeline alone writes records into it. */
package org.yuzui.records.internal.store;
