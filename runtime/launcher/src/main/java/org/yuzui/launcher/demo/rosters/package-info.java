/** Personnel systems of the demonstration: invented people in rosters as XLSX and CSV, written into the hr plugin's inbox. */
package org.yuzui.launcher.demo.rosters;
