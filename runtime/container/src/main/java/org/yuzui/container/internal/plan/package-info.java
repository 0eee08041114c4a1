/** What a change of a plugin would do, worked out before it is done. */
package org.yuzui.container.internal.plan;
