/** Tests of the packaged hub from outside: the archive is unpacked, {@code bin/yuzui} is run as a process and spoken to. */
package org.yuzui.system;
