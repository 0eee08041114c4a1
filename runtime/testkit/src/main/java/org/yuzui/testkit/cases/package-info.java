/**
 * A plugin's {@code examples/}: what is given, what must become of it, and whether it did, on a real hub. Knows nothing of
 * JUnit.
 */
package org.yuzui.testkit.cases;
