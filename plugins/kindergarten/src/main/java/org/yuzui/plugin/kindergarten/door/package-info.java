/** The Camel scheme {@code platforms:}: signed calls of kindergartens' platforms over HTTP. It owns who may call and what is answered. */
package org.yuzui.plugin.kindergarten.door;
