/**
 * All that a plugin may touch: header names, its settings, the refusal it throws, the masks for personal data, and the
 * work calendar.
 * Few dependencies on purpose (Jackson and SLF4J): every type here is a promise to plugins that are already deployed.
 */
package org.yuzui.spi;
