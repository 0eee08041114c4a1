/**
 * What a plugin is (descriptor, content, part, deployment, state), and the words that every room shares: a problem with
 * its place and cure, a bilingual title, a YAML document that remembers its lines. It knows no framework.
 */
package org.yuzui.kernel;
