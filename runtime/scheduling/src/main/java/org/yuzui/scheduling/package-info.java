/**
 * When something is due: the hub's one Quartz, the State Council's work calendar, and occurrences, each with a row before
 * it fires, run exactly once in the cluster or shown as missed. It does not know what an occurrence does.
 */
package org.yuzui.scheduling;
