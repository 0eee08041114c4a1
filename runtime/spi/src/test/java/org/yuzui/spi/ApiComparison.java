package org.yuzui.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is between two versions of an API, and whether the version number says as much. */
final class ApiComparison {

    private static final String WHERE = "src/test/resources/api/allowed-breaks.txt";

    private ApiComparison() {
    }

    /**
     * What is wrong with the step from one version to the other, a sentence each; empty when nothing is.
     *
     * @param before  the lines of the released version {@code from}
     * @param now     the lines of the version {@code to}
     * @param allowed the lines of {@code allowed-breaks.txt}
     */
    static List<String> complaints(List<String> before, String from, List<String> now, String to, List<String> allowed) {
        List<String> complaints = new ArrayList<>();
        Map<String, String> reasons = reasons(allowed, complaints);
        Set<String> gone = minus(before, now);
        Set<String> added = minus(now, before);
        Set<String> breaks = new TreeSet<>();
        gone.forEach(l -> breaks.add("- " + l));
        added.stream().filter(l -> forcesImplementers(l, before)).forEach(l -> breaks.add("+ " + l));

        for (String b : breaks) {
            if (!reasons.containsKey(b)) {
                complaints.add("This breaks plugins that were compiled against " + from + ": '" + b + "'. Take it back, or write '"
                        + b + " # why it may be' into " + WHERE + ".");
            }
        }
        reasons.keySet().stream().filter(b -> !breaks.contains(b)).forEach(b ->
                complaints.add("'" + b + "' in " + WHERE + " allows nothing that happened since " + from + ". Take the line out."));
        if (compare(to, from) < 0) {
            complaints.add("The version in package-info.java, " + to + ", is lower than the released " + from + ".");
        } else if (!added.isEmpty() && compare(minor(to), minor(from)) <= 0) {
            complaints.add("Since " + from + " this was added: '" + String.join("', '", added) + "'. Raise the second number of the "
                    + "version " + to + " in package-info.java and in pom.xml.");
        }
        return complaints;
    }

    /** Negative, 0 or positive, as the first version is lower, the same or higher. */
    static int compare(String a, String b) {
        return Arrays.compare(numbers(a), numbers(b));
    }

    private static Map<String, String> reasons(List<String> allowed, List<String> complaints) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : allowed) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int hash = line.indexOf(" # ");
            if (hash < 0) {
                complaints.add("'" + line + "' in " + WHERE + " has no reason. Write ' # ' and the reason behind it.");
            }
            reasons.put(hash < 0 ? line.strip() : line.substring(0, hash).strip(), hash < 0 ? "" : line.substring(hash + 3));
        }
        return reasons;
    }

    /** A new abstract method is no gift to those who implement the type already. */
    private static boolean forcesImplementers(String line, List<String> before) {
        String type = line.substring(0, line.indexOf(" | "));
        String member = line.substring(line.indexOf(" | ") + 3);
        return member.contains("abstract ") && member.contains("(") && before.stream().anyMatch(l -> l.startsWith(type + " | ")
                && l.matches(".* \\| .*\\b(interface|class)\\b.*") && !l.contains("(") && !l.contains(" sealed ") && !l.contains("@interface"));
    }

    private static Set<String> minus(List<String> a, List<String> b) {
        Set<String> rest = new TreeSet<>(a);
        b.forEach(rest::remove);
        return rest;
    }

    private static String minor(String version) {
        return Arrays.stream(version.split("\\.")).limit(2).collect(Collectors.joining("."));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
