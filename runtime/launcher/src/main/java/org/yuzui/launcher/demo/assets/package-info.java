/** The demonstration's service centres: what they own, lend, pass on and dispose of, as workbooks and as calls over HTTP. */
package org.yuzui.launcher.demo.assets;
