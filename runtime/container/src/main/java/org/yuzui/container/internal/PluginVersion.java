package org.yuzui.container.internal;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version that can be put in order. {@code 1.0.0-rc.1} comes before {@code 1.0.0} (a hyphen announces), and
 * {@code 1.0.0.hotfix} after it (a dot adds).
 */
record PluginVersion(int major, int minor, int patch, char sign, String qualifier)
        implements Comparable<PluginVersion> {

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(?:([.-])(.+))?");

    /** @throws IllegalArgumentException when it is no version */
    static PluginVersion of(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no version");
        }
        return new PluginVersion(number(m.group(1)), number(m.group(2)), number(m.group(3)),
                m.group(4) == null ? ' ' : m.group(4).charAt(0), m.group(5) == null ? "" : m.group(5));
    }

    /** As OSGi writes it; the order among qualifiers is lost, which is why the hub doesn't compare these. */
    String osgi() {
        String numbers = major + "." + minor + "." + patch;
        return qualifier.isEmpty() ? numbers : numbers + "." + qualifier.replaceAll("[^0-9A-Za-z_-]", "_");
    }

    /** Without its qualifier: what a hub range is held against, so that a snapshot of 0.2.0 fits {@code [0.2,1)}. */
    String numbers() {
        return major + "." + minor + "." + patch;
    }

    @Override
    public int compareTo(PluginVersion o) {
        int c = Integer.compare(major, o.major);
        c = c != 0 ? c : Integer.compare(minor, o.minor);
        c = c != 0 ? c : Integer.compare(patch, o.patch);
        c = c != 0 ? c : Integer.compare(rank(), o.rank());
        return c != 0 ? c : compareQualifiers(qualifier, o.qualifier);
    }

    private int rank() {
        return sign == '-' ? -1 : sign == '.' ? 1 : 0;
    }

    private static int compareQualifiers(String a, String b) {
        String[] as = a.split("[.-]");
        String[] bs = b.split("[.-]");
        for (int i = 0; i < Math.min(as.length, bs.length); i++) {
            boolean numbers = as[i].matches("\\d+") && bs[i].matches("\\d+");
            int c = numbers ? new BigInteger(as[i]).compareTo(new BigInteger(bs[i])) : as[i].compareTo(bs[i]);
            if (c != 0) {
                return c;
            }
        }
        return Integer.compare(as.length, bs.length);
    }

    private static int number(String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }
}
