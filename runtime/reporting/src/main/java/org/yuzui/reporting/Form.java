package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.util.List;

/**
 * A periodic report.
 *
 * @param period      what it is answered for
 * @param respondents unit codes that must answer; computed from the form's {@code respondents} when the unit tree is known
 */
public record Form(String id, Title title, String plugin, Period.Kind period, List<Indicator> indicators,
                   List<String> respondents) {
}
