/** State assets and the public warehouse: cards and movements from workbooks and over HTTP, and what they add up to. */
package org.yuzui.plugin.assets;
