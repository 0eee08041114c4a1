/**
 * HL7 v2 in its pipe form (ER7), read leniently and answered strictly. Knows messages, segments, charsets and times; not
 * what a hospital means by them. HAPI gives the grammar of delimiters and escapes; its message model is left out, for
 * reading a message through it took fifteen times as long.
 */
package org.yuzui.plugin.his.hl7;
