/** How the room keeps what it knows. */
package org.yuzui.access.internal;
