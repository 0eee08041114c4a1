/** A finance package of the demonstration site: it writes GB/T 24589 files of invented accounts into the finance plugin's inbox. */
package org.yuzui.launcher.demo.gbt24589;
