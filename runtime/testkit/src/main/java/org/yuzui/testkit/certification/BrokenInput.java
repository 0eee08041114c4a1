package org.yuzui.testkit.certification;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways in which a message arrives broken. */
record BrokenInput(String how, byte[] bytes) {

    /**
     * The same chances give the same variants.
     *
     * @param mutations how many random ones beside the fixed ones
     * @param huge      bytes of the largest
     */
    static List<BrokenInput> of(byte[] given, Random chances, int mutations, int huge) {
        List<BrokenInput> all = new ArrayList<>();
        all.add(new BrokenInput("empty", new byte[0]));
        all.add(new BrokenInput("one blank", new byte[] {' '}));
        all.add(new BrokenInput("only zeros", new byte[Math.max(16, given.length)]));
        all.add(new BrokenInput("the first half", Arrays.copyOf(given, given.length / 2)));
        all.add(new BrokenInput("the second half", Arrays.copyOfRange(given, given.length / 2, given.length)));
        all.add(new BrokenInput("twice in one", joined(given, given)));
        all.add(new BrokenInput("a byte order mark before it", joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, given)));
        String text = new String(given, StandardCharsets.UTF_8);
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16, Charset.forName("UTF-32"),
                Charset.forName("GB18030"), StandardCharsets.US_ASCII}) {
            all.add(new BrokenInput("in " + charset, text.getBytes(charset)));
        }
        byte[] large = new byte[Math.max(huge, given.length)];
        for (int i = 0; i < large.length; i++) {
            large[i] = given[i % Math.max(1, given.length)];
        }
        all.add(new BrokenInput("repeated up to " + (huge >> 10) + " KiB", large));
        byte[] padded = new byte[Math.max(huge, given.length)];
        Arrays.fill(padded, (byte) 'A');
        System.arraycopy(given, 0, padded, 0, given.length);
        all.add(new BrokenInput("followed by " + (huge >> 10) + " KiB of A", padded));
        all.add(new BrokenInput("nested 10,000 deep", "[".repeat(10_000).getBytes(StandardCharsets.US_ASCII)));
        for (int i = 0; i < mutations; i++) {
            all.add(mutation(given, chances, i));
        }
        return all;
    }

    private static BrokenInput mutation(byte[] given, Random chances, int n) {
        int length = Math.max(1, given.length);
        switch (n % 4) {
            case 0 -> {
                int cut = chances.nextInt(length);
                return new BrokenInput("cut after " + cut + " bytes", Arrays.copyOf(given, cut));
            }
            case 1 -> {
                byte[] flipped = given.clone();
                int flips = 1 + chances.nextInt(8);
                for (int i = 0; i < flips && flipped.length > 0; i++) {
                    flipped[chances.nextInt(flipped.length)] ^= (byte) (1 << chances.nextInt(8));
                }
                return new BrokenInput(flips + " bits flipped", flipped);
            }
            case 2 -> {
                int at = chances.nextInt(length);
                byte[] noise = new byte[1 + chances.nextInt(40)];
                chances.nextBytes(noise);
                return new BrokenInput(noise.length + " random bytes at " + at, joined(joined(Arrays.copyOf(given, at), noise),
                        Arrays.copyOfRange(given, Math.min(at, given.length), given.length)));
            }
            default -> {
                byte[] noise = new byte[1 + chances.nextInt(2000)];
                chances.nextBytes(noise);
                return new BrokenInput(noise.length + " random bytes", noise);
            }
        }
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return how.hashCode();
    }

    @Override
    public String toString() {
        return how;
    }
}
