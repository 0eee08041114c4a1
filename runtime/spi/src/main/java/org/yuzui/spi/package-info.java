/**
 * All that a plugin may touch: header names, its settings, the refusal it throws, and the masks for personal data.
 * Few dependencies on purpose (Jackson and SLF4J): every type here is a promise to plugins that are already deployed.
 */
package org.yuzui.spi;
