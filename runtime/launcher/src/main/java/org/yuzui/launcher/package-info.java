/**
 * main(), the wiring by plain constructors, and the command line. It knows every room and is known by none.
 */
package org.yuzui.launcher;
