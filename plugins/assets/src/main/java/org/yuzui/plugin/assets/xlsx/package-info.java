/** Reads the cells of a workbook (Office Open XML, .xlsx), row after row and within limits. Knows nothing of assets. */
package org.yuzui.plugin.assets.xlsx;
