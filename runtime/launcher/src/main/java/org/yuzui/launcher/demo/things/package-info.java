/** The things of the demonstration's kindergartens and service centres, as their books and their scanners know them. */
package org.yuzui.launcher.demo.things;
