/**
 * The plugin of the meters: asks them on schedules, and makes a day's consumption, standard coal and carbon of what they say.
 */
package org.yuzui.plugin.energy;
