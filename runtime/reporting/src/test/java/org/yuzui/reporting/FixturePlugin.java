package org.yuzui.reporting;

import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A plugin that brings forms and nothing else. */
final class FixturePlugin implements PluginContent {

    private final String id;
    private final List<HubFile> forms = new ArrayList<>();

    FixturePlugin(String id) {
        this.id = id;
    }

    /** Brings {@code forms/hospital-daily.form.yaml}. */
    static FixturePlugin his() {
        try (InputStream form = FixturePlugin.class.getResourceAsStream("/forms/hospital-daily.form.yaml")) {
            return new FixturePlugin("his").form("hospital-daily", new String(form.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FixturePlugin form(String formId, String yaml) {
        forms.add(new HubFile(formId, id + ".jar!HUB-INF/reports/" + formId + ".form.yaml",
                yaml.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(id, "1.0.0", new Title(id, id), null, List.of(), List.of(), List.of());
    }

    @Override
    public List<HubFile> files(String folder, String suffix) {
        return folder.equals("reports") && suffix.equals(".form.yaml") ? List.copyOf(forms) : List.of();
    }

    @Override
    public ClassLoader classLoader() {
        return FixturePlugin.class.getClassLoader();
    }

    @Override
    public Settings settings() {
        return Settings.empty();
    }
}
