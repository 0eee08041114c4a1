/**
 * Felix: the drop folder and the life of each plugin, from a jar to its parts and back. It does not know what a contract
 * or a route is, only that parts deploy in order and undo in reverse.
 */
package org.yuzui.container;
