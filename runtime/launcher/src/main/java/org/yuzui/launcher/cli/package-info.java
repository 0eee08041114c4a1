/**
 * The command line: {@code run} starts a hub in this process, every other command talks to a running one over its REST
 * interface. It shows what the hub says and decides nothing itself.
 */
package org.yuzui.launcher.cli;
