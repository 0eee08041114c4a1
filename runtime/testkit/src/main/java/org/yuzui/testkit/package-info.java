/**
 * For the tests of plugins and of the hub: a JUnit 5 extension that runs a real hub with embedded PostgreSQL and Artemis
 * on ephemeral ports, and a maker of plugin jars.
 */
package org.yuzui.testkit;
