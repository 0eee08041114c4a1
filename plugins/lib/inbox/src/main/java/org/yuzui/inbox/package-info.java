/**
 * A file that a route takes from a folder: it is read from beginning to end before anything of it counts, goes below the folder
 * when all is durable, and is read again when somebody wrote to it meanwhile. What the hub lets in once more becomes such a file again.
 * What stands in it is the plugin's.
 */
package org.yuzui.inbox;
