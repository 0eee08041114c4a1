/**
 * Camel: a context for each plugin and each file of the site's own routes, and the hub's nouns as Camel schemes. Beside
 * {@code spi} the only room that knows Camel.
 */
package org.yuzui.routing;
