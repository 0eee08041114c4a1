/** What assets and movements add up to: a unit's month, and the loans that were not returned in time. */
package org.yuzui.plugin.assets.report;
