/** What the node wants to run and what was done with its plugins, as rows: the truth that a start goes by. */
package org.yuzui.container.internal.journal;
