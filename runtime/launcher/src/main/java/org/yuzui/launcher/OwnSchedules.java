package org.yuzui.launcher;

import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What the hub itself does by the clock, brought to the scheduler as a plugin's schedules are: shown, missed, run by hand alike. */
final class OwnSchedules implements PluginContent {

    /** {@code x-retention}. */
    static final String RETENTION = PluginDescriptor.HUB + "/retention";

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(PluginDescriptor.HUB, Hub.VERSION, new Title("枢纽", "Hub"), null, List.of(), List.of(),
                List.of());
    }

    @Override
    public List<HubFile> files(String folder, String suffix) {
        if (!folder.equals("schedules")) {
            return List.of();
        }
        String name = "schedules/retention" + suffix;
        try (InputStream in = OwnSchedules.class.getResourceAsStream(name)) {
            return List.of(new HubFile("retention", "hub!" + name, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ClassLoader classLoader() {
        return OwnSchedules.class.getClassLoader();
    }

    @Override
    public Settings settings() {
        return Settings.empty();
    }
}
