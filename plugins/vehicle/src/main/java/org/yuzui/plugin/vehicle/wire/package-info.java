/** What JT/T 808 and JT/T 809 have in common: big-endian fields, flags with escapes, one way to say that bytes are bad. */
package org.yuzui.plugin.vehicle.wire;
