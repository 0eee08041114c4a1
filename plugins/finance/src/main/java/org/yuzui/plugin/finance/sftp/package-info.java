/** Files of finance systems that lie on an SFTP server: fetched whole, and moved there when they are durable here. */
package org.yuzui.plugin.finance.sftp;
