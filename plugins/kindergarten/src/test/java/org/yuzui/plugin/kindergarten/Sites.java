package org.yuzui.plugin.kindergarten;

import org.yuzui.testkit.HubExtension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A running hub with the plugin and three kindergartens. */
final class Sites {

    private static final String UNITS = """
            code,name,level,parent
            510000,四川省,province,
            510100,成都市,city,510000
            510104,锦江区,county,510100
            510104-K01,锦江区机关幼儿园,institution,510104
            510105,青羊区,county,510100
            510105-K01,青羊区机关幼儿园,institution,510105
            510300,自贡市,city,510000
            510302,自流井区,county,510300
            510302-K01,自流井区机关幼儿园,institution,510302
            """;

    private Sites() {
    }

    static HubExtension hub(String settings) {
        try {
            return HubExtension.of().plugin(PluginUnderTest.jar())
                    .file("config/org/units.csv", UNITS)
                    .file("config/calendar/holidays-2026.json", Files.readString(Path.of("../../config/calendar/holidays-2026.json")))
                    .settings("kindergarten", settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
