package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.util.List;

/**
 * A part of a form that is filled in together: a table of the printed form, a sheet of its workbook.
 *
 * @param indicators their codes, in the order in which they are shown
 */
public record Section(String id, Title title, List<String> indicators) {
}
