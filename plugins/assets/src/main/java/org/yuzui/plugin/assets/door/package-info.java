/** The Camel scheme {@code door:}: cards and movements as JSON over HTTP. Knows nothing of what makes them right. */
package org.yuzui.plugin.assets.door;
