/** The Camel scheme {@code jt809:}: other platforms' main links over Netty. */
package org.yuzui.plugin.vehicle.platform;
