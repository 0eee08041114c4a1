/**
 * Who vouches for a jar. {@code JarSignature} signs and verifies; {@code SignatureText} is the file format and says what
 * exactly is signed, {@code EntryList} what a signature inside the jar is over. Bouncy Castle is known to {@code Sm2} and
 * {@code PrivateKeyFile} alone, never registered as a provider, and not loaded before an SM2 key is met or something is
 * to be signed.
 */
package org.yuzui.container.internal.signature;
