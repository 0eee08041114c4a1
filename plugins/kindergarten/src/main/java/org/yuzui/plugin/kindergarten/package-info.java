/**
 * Kindergartens. What their platforms send or give becomes records ({@link org.yuzui.plugin.kindergarten.Items}); rounds
 * are judged, meals summed up, and book and scans compared by the routes' beans here.
 */
package org.yuzui.plugin.kindergarten;
