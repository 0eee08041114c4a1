/**
 * Tables as people send them: the first visible sheet of a workbook (XLSX), or CSV. Read row by row, within bounds, and nothing
 * is guessed: a formula, a hidden row or a number that has lost digits is told as what it is. Knows nothing of rosters.
 */
package org.yuzui.plugin.hr.sheet;
