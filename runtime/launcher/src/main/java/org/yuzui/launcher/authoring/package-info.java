/**
 * A plugin engineer's workshop: reads a plugin's folder, checks it with the hub's own readers, compiles and packs it, makes
 * new ones from templates. It needs no running hub, and knows nothing of the command line.
 */
package org.yuzui.launcher.authoring;
