/** The Camel scheme {@code intake:}: base data and dispatch orders as JSON over HTTP. */
package org.yuzui.plugin.vehicle.intake;
