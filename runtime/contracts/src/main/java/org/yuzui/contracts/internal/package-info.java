/** How contracts are read, checked, masked and written; nothing outside the room sees it. */
package org.yuzui.contracts.internal;
