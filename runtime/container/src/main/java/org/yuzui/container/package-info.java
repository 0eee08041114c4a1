/**
 * Felix and the life of each plugin, from a jar to its parts and back: what is wanted as rows, the switch from one version to
 * another, the history, the drop folder. It does not know what a contract or a route is, only that parts deploy and start in
 * order and undo in reverse.
 */
package org.yuzui.container;
