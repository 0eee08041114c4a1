/** Cards of fixed assets (固定资产), by the document of that name of GB/T 24589. */
package org.yuzui.plugin.finance.asset;
