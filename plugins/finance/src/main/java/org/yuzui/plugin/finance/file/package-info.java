/** Reads the files of finance systems: their charset, XML and JSON as rows, and names by a mapping that a site can replace. */
package org.yuzui.plugin.finance.file;
