/** The Camel scheme {@code jt808:}: terminals' lines over Netty, and the hand-over of what they bring to the route. */
package org.yuzui.plugin.vehicle.terminal;
