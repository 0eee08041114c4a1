package org.yuzui.plugin.vehicle.jt809;

/**
 * The standard's encryption: a byte of a congruential generator upon each byte. Encrypts and decrypts alike.
 *
 * @param m1  the constants that two platforms agreed on
 * @param ia1 see m1
 * @param ic1 see m1
 */
public record Cipher(long m1, long ia1, long ic1) {

    private static final long U32 = 0xFFFF_FFFFL;

    /** Works on a copy. */
    public byte[] apply(byte[] bytes, long key) {
        long state = key == 0 ? 1 : key;
        long modulus = m1 == 0 ? 1 : m1;
        byte[] out = bytes.clone();
        for (int i = 0; i < out.length; i++) {
            state = ia1 * (state % modulus) + ic1 & U32;
            out[i] ^= (byte) (state >> 20);
        }
        return out;
    }
}
