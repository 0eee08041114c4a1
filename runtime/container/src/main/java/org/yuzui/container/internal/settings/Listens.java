package org.yuzui.container.internal.settings;

import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.spi.Settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a plugin listens on, as its settings say: {@code mllp {{listen.port}}} becomes {@code mllp 2575}. */
public final class Listens {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*}}");

    private Listens() {
    }

    /**
     * The descriptor with what it really listens on.
     *
     * @param schema {@code HUB-INF/settings.schema.json}; null when the plugin has none
     * @throws PluginException when a setting that is named has no value, or is a secret
     */
    public static PluginDescriptor resolved(PluginDescriptor descriptor, HubFile schema, Settings settings, String place) {
        if (descriptor.listens().stream().noneMatch(l -> l.contains("{{"))) {
            return descriptor;
        }
        SettingsSchema known = SettingsSchema.of(schema);
        List<String> resolved = new ArrayList<>();
        for (String listens : descriptor.listens()) {
            Matcher m = PLACEHOLDER.matcher(listens);
            StringBuilder text = new StringBuilder();
            while (m.find()) {
                boolean secret = known.secrets().isSecret(Pointers.fromDotted(m.group(1)));
                Optional<String> value = secret ? Optional.empty() : settings.text(m.group(1));
                m.appendReplacement(text, Matcher.quoteReplacement(value.orElseThrow(() -> new PluginException(
                        new Problem("unknown-setting", place + " listens", "'" + m.group(1) + "' is no setting of this plugin "
                                + "that has a value and is no secret.", "Name a setting with a default, such as {{listen.port}}.")))));
            }
            resolved.add(m.appendTail(text).toString());
        }
        return new PluginDescriptor(descriptor.id(), descriptor.version(), descriptor.title(), descriptor.hub(),
                descriptor.consumes(), descriptor.publishes(), resolved);
    }
}
