/**
 * The plugin of a hospital's information system: what comes over MLLP becomes visits and results, and a day's visits
 * become the hospital's daily figures.
 */
package org.yuzui.plugin.his;
