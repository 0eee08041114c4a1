/** Asks platforms that don't send by themselves: page by page, from where what is durable ends. */
package org.yuzui.plugin.kindergarten.poll;
