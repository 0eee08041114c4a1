package org.yuzui.testkit.certification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The threads of this JVM by their names without numbers. */
record ThreadCount(Map<String, Integer> byName) {

    static ThreadCount now() {
        Map<String, Integer> names = new TreeMap<>();
        Thread.getAllStackTraces().keySet().forEach(t -> names.merge(t.getName().replaceAll("[0-9a-f]{8,}|\\d+", "#"), 1, Integer::sum));
        return new ThreadCount(names);
    }

    int all() {
        return byName.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * What grew with the number of deployments. The hub's own pools grow to their size as work comes; a plugin that leaves a
     * thread behind leaves one each time.
     */
    List<String> more(ThreadCount before, int deployments) {
        List<String> grown = new ArrayList<>();
        byName.forEach((name, n) -> {
            int was = before.byName().getOrDefault(name, 0);
            if (n - was >= Math.max(5, deployments * 3 / 4)) {
                grown.add("There were " + was + " threads named '" + name + "' before, and " + n + " after.");
            }
        });
        return grown;
    }
}
