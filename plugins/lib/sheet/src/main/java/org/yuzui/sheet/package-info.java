/**
 * Reads the cells of a workbook (Office Open XML, .xlsx), row after row and within limits. Nothing is guessed: a formula, a hidden
 * row or a number that has lost digits is told as what it is. Knows nothing of what stands in them.
 */
package org.yuzui.sheet;
