/**
 * Units, forms, submissions and roll-ups: what each bureau has to answer, what it answered, and the totals with all that
 * they are made of. It does not know where a submission's numbers came from, only which record brought them.
 */
package org.yuzui.reporting;
