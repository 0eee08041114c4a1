package org.yuzui.testkit.certification;

import javax.management.JMException;
import javax.management.ObjectName;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many objects of some classes are alive in this JVM, by a walk over the whole heap after a full collection. */
record HeapCount(Map<String, Long> counts) {

    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    static HeapCount now(String... classes) {
        Map<String, Long> counts = new TreeMap<>();
        everything().counts().forEach((type, n) -> {
            for (String name : classes) {
                if (type.equals(name) || type.startsWith(name + "Java")) {
                    counts.merge(name, n, Long::sum);
                }
            }
        });
        return new HeapCount(counts);
    }

    /** All classes; those of one name are counted together, whatever loaded them. */
    static HeapCount everything() {
        try {
            // What jcmd GC.class_histogram prints; it counts only what is reachable.
            String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[] {new String[0]}, new String[] {String[].class.getName()});
            Map<String, Long> counts = new TreeMap<>();
            histogram.lines().map(ROW::matcher).filter(Matcher::matches)
                    .forEach(row -> counts.merge(row.group(2), Long.parseLong(row.group(1)), Long::sum));
            return new HeapCount(counts);
        } catch (JMException e) {
            throw new IllegalStateException("this JVM counts no objects", e);
        }
    }

    /** The least of several counts: one whose collection the JVM had to skip counts what is dead, too. */
    static HeapCount least(String... classes) {
        Map<String, Long> least = new TreeMap<>(now(classes).counts());
        for (int i = 0; i < 3; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            HeapCount again = now(classes);
            least.replaceAll((name, n) -> Math.min(n, again.of(name)));
        }
        return new HeapCount(least);
    }

    long of(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
