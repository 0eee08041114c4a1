/**
 * Rosters of a unit's people become persons, changes and headcounts. This package says where rosters come from (a folder, a
 * database) and what becomes of them; {@code roster} knows what they mean, {@code sheet} and {@code database} how they are read.
 */
package org.yuzui.plugin.hr;
