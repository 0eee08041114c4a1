/** JT/T 808: frames, headers of 2011, 2013 and 2019, the bodies that are read and the answers. Knows no sockets. */
package org.yuzui.plugin.vehicle.jt808;
