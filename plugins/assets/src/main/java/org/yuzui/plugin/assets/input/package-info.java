/** What the fields of a card or a movement must be, whether they stand in the cells of a row or in JSON; all that is wrong is told at once. */
package org.yuzui.plugin.assets.input;
