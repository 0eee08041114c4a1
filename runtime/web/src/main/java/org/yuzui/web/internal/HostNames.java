package org.yuzui.web.internal;

import org.yuzui.kernel.Problem;
import org.yuzui.web.WebSettings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * By which names the hub may be called. A page in a browser that rebinds its own name to 127.0.0.1 is refused by this: its
 * calls carry its name.
 */
public final class HostNames {

    private final Set<String> allowed;

    public HostNames(WebSettings settings) {
        Set<String> names = new HashSet<>();
        settings.hosts().forEach(h -> names.add(h.toLowerCase(Locale.ROOT)));
        if (isLoopback(settings.host()) || !names.isEmpty()) {
            names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        }
        allowed = Set.copyOf(names);
    }

    /** Refuses a {@code Host} header that doesn't name this hub; a port behind the name is of no interest. */
    void check(String host) {
        if (!allowed.isEmpty() && (host == null || !allowed.contains(name(host)))) {
            throw new Refusal(421, new Problem("wrong-host", "header Host", "The hub is not called by this name.",
                    "Call it as 127.0.0.1 or localhost, or add the name to web.hosts."));
        }
    }

    private static String name(String host) {
        String h = host.strip().toLowerCase(Locale.ROOT);
        int end = h.startsWith("[") ? h.indexOf(']') + 1 : h.indexOf(':');
        return end <= 0 ? h : h.substring(0, end);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // binding to it fails next, and says so
        }
    }
}
