/**
 * A roster: who is in it, what is wrong with it, and what it changes. Nothing here knows files, databases or the hub; what is
 * personal is masked as soon as it is checked, so that no more of it is in memory than in the record.
 */
package org.yuzui.plugin.hr.roster;
