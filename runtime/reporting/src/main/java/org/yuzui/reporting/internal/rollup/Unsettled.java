package org.yuzui.reporting.internal.rollup;

import org.yuzui.reporting.Period;

import java.util.Set;

/** Whose figures are known to be wrong: a dispute was upheld, and nothing was corrected since. */
public interface Unsettled {

    Set<String> units(String form, Period period);
}
