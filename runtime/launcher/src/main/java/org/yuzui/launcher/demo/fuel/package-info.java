/** The refuellings of the demonstration's official vehicles, as the vehicle platform and the books both know them. */
package org.yuzui.launcher.demo.fuel;
