/** DL/T 645-2007 and Modbus, of which only what reads exists here: there is no way to write a frame that controls a meter. */
package org.yuzui.plugin.energy.meter;
