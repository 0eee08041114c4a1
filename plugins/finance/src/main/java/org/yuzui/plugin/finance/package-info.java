/** Finance: GB/T 24589 files and budget rows from a folder, each file whole or not at all. */
package org.yuzui.plugin.finance;
