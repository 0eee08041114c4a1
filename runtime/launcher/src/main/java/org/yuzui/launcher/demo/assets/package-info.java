/** What the demonstration's service centres and kindergartens own, as their books, scanners, workbooks and calls tell it. */
package org.yuzui.launcher.demo.assets;
