package org.yuzui.container.internal.plan;

import org.yuzui.kernel.PluginContent;
import org.yuzui.spi.Settings;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A port that a plugin opens, by its {@code listens} and its settings: {@code mllp 2575}, or {@code mllp {{listen.port}}}.
 * When there is only one, the settings {@code listen.port} and {@code listen.host} say where it really is.
 *
 * @param protocol what is spoken there
 * @param host     {@value #EVERYWHERE} when it isn't known
 */
record Listener(String protocol, String host, int port) {

    static final String EVERYWHERE = "0.0.0.0";
    private static final Pattern TEXT = Pattern.compile("(.*?)\\s*(?:(\\d{1,5})|\\{\\{([^}]+)}})");
    private static final int HIGHEST = 65535;

    static List<Listener> of(PluginContent plugin) {
        List<String> texts = plugin.descriptor().listens();
        Settings settings = plugin.settings();
        return texts.stream().map(t -> of(t, settings, texts.size() == 1)).filter(Objects::nonNull).distinct().toList();
    }

    /** Null when the text says no port. */
    private static Listener of(String text, Settings settings, boolean only) {
        Matcher m = TEXT.matcher(text.strip());
        if (!m.matches()) {
            return null;
        }
        int port = m.group(2) != null ? Integer.parseInt(m.group(2)) : settings.number(m.group(3).strip(), 0);
        if (only) {
            port = settings.number("listen.port", port);
        }
        return port <= 0 || port > HIGHEST ? null
                : new Listener(m.group(1).strip(), only ? settings.text("listen.host", EVERYWHERE) : EVERYWHERE, port);
    }

    String id() {
        return Stream.of(protocol, Integer.toString(port)).filter(s -> !s.isEmpty()).reduce((a, b) -> a + " " + b).orElseThrow();
    }

    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Whether not both can listen. */
    boolean clashesWith(Listener other) {
        return port == other.port && isUdp() == other.isUdp()
                && (host.equals(other.host) || isEverywhere() || other.isEverywhere());
    }

    boolean isUdp() {
        return protocol.toLowerCase(Locale.ROOT).contains("udp");
    }

    private boolean isEverywhere() {
        return host.equals(EVERYWHERE) || host.equals("::");
    }
}
