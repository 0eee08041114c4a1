/** What becomes of positions: trips, warnings about how a vehicle is used, and the figures of a day. */
package org.yuzui.plugin.vehicle.trip;
