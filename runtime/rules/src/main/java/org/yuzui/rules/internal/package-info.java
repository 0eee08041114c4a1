/** KIE stays in here, and is loaded by the first file that needs it. */
package org.yuzui.rules.internal;
