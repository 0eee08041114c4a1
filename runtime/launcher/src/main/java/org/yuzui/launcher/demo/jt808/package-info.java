/** Terminals of vehicles to try a hub with: they speak JT/T 808 from a process of their own. Nothing here is part of a hub. */
package org.yuzui.launcher.demo.jt808;
