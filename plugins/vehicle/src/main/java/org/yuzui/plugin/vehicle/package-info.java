/** The vehicle plugin: beans of its routes. The protocols are in the packages below. */
package org.yuzui.plugin.vehicle;
