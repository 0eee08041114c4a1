package org.yuzui.plugin.vehicle.jt808;

/** A message whose checksum and length are right. */
public record Message(Header header, byte[] body) {
}
