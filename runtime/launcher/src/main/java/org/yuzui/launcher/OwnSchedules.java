package org.yuzui.launcher;

import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What the hub itself does by the clock, brought to the scheduler as a plugin's schedules are: shown, missed, run by hand alike;
 * and the contracts of the records that come of it.
 */
final class OwnSchedules implements PluginContent {

    /** {@code x-retention}. */
    static final String RETENTION = PluginDescriptor.HUB + "/retention";
    /** Periods are opened, whoever is silent is reminded. */
    static final String REPORTING = PluginDescriptor.HUB + "/reporting";
    /** What is held about bureaus is sent back down to them. */
    static final String FEEDBACK = PluginDescriptor.HUB + "/feedback";
    /** Totals are made again from all answers. */
    static final String RECOUNT = PluginDescriptor.HUB + "/recount";

    private static final Map<String, List<String>> FILES = Map.of("schedules", List.of("feedback", "recount", "reporting", "retention"),
            "contracts", List.of("reporting.difference.v1", "reporting.feedback.v1", "reporting.reminder.v1"));

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(PluginDescriptor.HUB, Hub.VERSION, new Title("枢纽", "Hub"), null, List.of(), List.of(),
                List.of());
    }

    @Override
    public List<HubFile> files(String folder, String suffix) {
        return FILES.getOrDefault(folder, List.of()).stream().map(id -> read(folder + "/" + id + suffix, id)).toList();
    }

    private static HubFile read(String name, String id) {
        try (InputStream in = OwnSchedules.class.getResourceAsStream(name)) {
            return new HubFile(id, "hub!" + name, in.readAllBytes());
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
