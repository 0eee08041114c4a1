/** Meters that are none: they speak DL/T 645-2007 and Modbus as the real ones do, so that a hub can be tried with them. */
package org.yuzui.launcher.demo.meters;
