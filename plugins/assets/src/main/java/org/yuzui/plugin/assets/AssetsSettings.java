package org.yuzui.plugin.assets;

import org.yuzui.plugin.assets.input.Mapping;
import org.yuzui.plugin.assets.input.RecordMaker;
import org.yuzui.plugin.assets.input.Units;
import org.yuzui.sheet.Limits;
import org.yuzui.spi.Settings;

import java.nio.file.Path;

/** The plugin's settings, read once. */
record AssetsSettings(Path inbox, Mapping mapping, RecordMaker maker, Limits limits) {

    static AssetsSettings of(Settings settings) {
        Mapping mapping = Mapping.load(settings.text("mapping").filter(f -> !f.isBlank()).map(Path::of).orElse(null));
        return new AssetsSettings(Path.of(settings.text("inbox", "in/assets")), mapping,
                new RecordMaker(new Units(settings.map("units")), mapping),
                new Limits(settings.tree().path("maxFileBytes").asLong(64L << 20), settings.tree().path("maxInflatedBytes").asLong(1L << 30),
                        settings.number("maxRows", 200_000)));
    }
}
