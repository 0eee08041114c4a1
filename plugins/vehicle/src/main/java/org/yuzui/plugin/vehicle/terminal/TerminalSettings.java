package org.yuzui.plugin.vehicle.terminal;

import org.yuzui.spi.Settings;

import java.time.Duration;

/**
 * How terminals are served.
 *
 * @param authentication whether a terminal must have shown its code before its positions are taken
 * @param key            of the codes that are given out; empty for one that lasts until the hub stops
 */
record TerminalSettings(boolean authentication, String key, int maxConnections, Duration idle, int deskCapacity) {

    static TerminalSettings of(Settings settings) {
        return new TerminalSettings(settings.text("listen.authentication", "required").equals("required"),
                settings.text("listen.codeKey", ""), settings.number("listen.maxConnections", 20_000),
                Duration.ofSeconds(settings.number("listen.idleSeconds", 300)),
                settings.number("listen.maxWaiting", 20_000));
    }
}
