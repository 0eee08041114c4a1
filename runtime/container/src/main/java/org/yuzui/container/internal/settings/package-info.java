/** The settings of plugins: their texts in {@code config/plugins}, what these mean under a plugin's schema, and their change. */
package org.yuzui.container.internal.settings;
