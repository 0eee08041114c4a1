/**
 * What a plugin must stand before it is let onto a site, tried on real hubs with the plugin's own cases. Knows nothing of
 * JUnit; {@code yuzui plugin certify} runs it.
 */
package org.yuzui.testkit.certification;
