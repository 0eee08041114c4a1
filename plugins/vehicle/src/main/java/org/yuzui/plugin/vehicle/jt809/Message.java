package org.yuzui.plugin.vehicle.jt809;

/** A message whose check and length are right; its body is plain, or was made so. */
public record Message(Header header, byte[] body) {
}
