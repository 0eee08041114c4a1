/**
 * All that a plugin may touch: header names, its settings, the refusal it throws, the masks for personal data, and the
 * work calendar.
 * Few dependencies on purpose (Jackson and SLF4J): every type here is a promise to plugins that are already deployed.
 *
 * <p>The build compares it with the last released version ({@code src/test/resources/api}): what is added raises the
 * second number, and what would break a plugin is refused unless {@code allowed-breaks.txt} says why it may.
 */
@ApiVersion("1.1.0")
package org.yuzui.spi;
