package org.yuzui.container;

/** What is done with a plugin. */
public enum PluginAction { INSTALL, UPDATE, ROLLBACK, REMOVE, STOP, START, CONFIGURE, RESTORE_SETTINGS }
