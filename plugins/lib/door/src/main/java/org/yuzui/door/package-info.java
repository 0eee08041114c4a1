/**
 * A door of a plugin: a listening socket whose lines, threads and waiting calls are bounded and end with the plugin. Calls over
 * HTTP are answered one after the other of a line, when what they brought is durable. Who may call, what is served and what is
 * answered is the plugin's.
 */
package org.yuzui.door;
