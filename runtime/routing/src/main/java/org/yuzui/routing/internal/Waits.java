package org.yuzui.routing.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code retry=1s,30s,5m}: the waits before each further try of what failed. */
final class Waits {

    private static final Pattern WAIT = Pattern.compile("(\\d{1,8})(ms|s|m|h)");
    private static final int MOST = 20;
    private static final Duration LONGEST = Duration.ofDays(1);

    private Waits() {
    }

    /** @throws IllegalArgumentException naming the wait that isn't one */
    static List<Duration> parse(String retry) {
        List<Duration> waits = new ArrayList<>();
        for (String wait : retry.split(",", -1)) {
            waits.add(wait(retry, wait.strip()));
        }
        if (waits.size() > MOST) {
            throw wrong(retry, "there are " + waits.size() + " waits");
        }
        return List.copyOf(waits);
    }

    private static Duration wait(String retry, String text) {
        Matcher m = WAIT.matcher(text);
        if (!m.matches()) {
            throw wrong(retry, text.isEmpty() ? "a wait is missing" : "'" + text + "' is no wait");
        }
        long number = Long.parseLong(m.group(1));
        Duration wait = switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (wait.isZero() || wait.compareTo(LONGEST) > 0) {
            throw wrong(retry, "'" + text + "' is out of range");
        }
        return wait;
    }

    private static IllegalArgumentException wrong(String retry, String why) {
        return new IllegalArgumentException("retry=" + retry + " is not understood, " + why + ": write the waits before each further try, such as "
                + "1s,30s,5m, at most " + MOST + " of them, each from 1ms to 24h.");
    }
}
