/** Rows of the integrated budget management: indicators and plans for the use of funds. */
package org.yuzui.plugin.finance.budget;
