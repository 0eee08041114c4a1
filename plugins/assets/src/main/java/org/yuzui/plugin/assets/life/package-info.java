/** What became of an asset: its cards and movements folded by their days, as the rule says what may follow what. */
package org.yuzui.plugin.assets.life;
