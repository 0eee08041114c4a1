/** JT/T 809: frames of 2011 and 2019, encryption, log-in and dynamic data. Knows no sockets. */
package org.yuzui.plugin.vehicle.jt809;
