package org.yuzui.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class KnownKeys {

    private KnownKeys() {
    }

    /** The known name that is closest to {@code given}, if one is near enough to be worth naming. */
    public static Optional<String> nearest(String given, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String k) -> distance(given, k)).thenComparing(Comparator.naturalOrder()))
                .filter(k -> distance(given, k) <= Math.max(2, given.length() / 3));
    }

    /** {@code Did you mean 'x'?}, or the list of what is known when nothing is near. */
    public static String cure(String given, Collection<String> known) {
        return nearest(given, known)
                .map(k -> "Did you mean '" + k + "'?")
                .orElseGet(() -> known.isEmpty() ? "There is none to choose from."
                        : "Known are: " + String.join(", ", known.stream().sorted().limit(20).toList()) + ".");
    }

    /** Damerau's optimal string alignment: insert, delete, replace, swap neighbours. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
