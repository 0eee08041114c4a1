package org.yuzui.plugin.vehicle;

import org.yuzui.testkit.HubExtension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A running hub with the plugin, on free ports. */
final class Site {

    static final String TOKEN = "test-token-of-the-intake";
    private static final String UNITS = """
            code,name,level,parent
            510000,四川省,province,
            510100,成都市,city,510000
            510104,锦江区,county,510100
            510104-V01,锦江区公务用车平台,institution,510104
            510105,青羊区,county,510100
            510105-V01,青羊区公务用车平台,institution,510105
            510300,自贡市,city,510000
            510302,自流井区,county,510300
            510302-V01,自流井区公务用车平台,institution,510302
            """;

    final int terminals = PluginUnderTest.freePort();
    final int platforms = PluginUnderTest.freePort();
    final int http = PluginUnderTest.freePort();

    HubExtension hub(String settings) {
        try {
            return HubExtension.of().plugin(PluginUnderTest.jar())
                    .file("config/org/units.csv", UNITS)
                    .file("config/calendar/holidays-2026.json",
                            Files.readString(Path.of("../../config/calendar/holidays-2026.json")))
                    .settings("vehicle", settings.formatted(terminals, platforms, http, TOKEN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
