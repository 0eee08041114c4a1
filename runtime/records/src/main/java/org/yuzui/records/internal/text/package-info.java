/** How contents and faults are written: used by all, and using none of them. */
package org.yuzui.records.internal.text;
