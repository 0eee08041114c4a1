package org.yuzui.container.internal.settings;

import org.junit.jupiter.api.Test;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.PluginException;
import org.yuzui.spi.Settings;

import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ListensTest {

    private static final HubFile SCHEMA = FileSettingsDeskTest.schema("""
            {"properties": {"listen": {"properties": {"port": {"type": "integer"}}}, "key": {"type": "string", "x-secret": true}}}
            """);
    private static final Settings SETTINGS = Settings.of(FileSettingsDeskTest.json(
            "{\"listen\": {\"port\": 2575}, \"key\": \"geheim\"}"));

    @Test
    void aSettingStandsForItsValue() {
        assertThat(listens("mllp {{listen.port}}")).containsExactly("mllp 2575");
        assertThat(listens("mllp 1")).containsExactly("mllp 1");
    }

    @Test
    void whatHasNoValueOrIsSecretIsRefused() {
        for (String setting : List.of("listen.prot", "listen", "key")) {
            assertThat(catchThrowableOfType(PluginException.class, () -> listens("mllp {{" + setting + "}}")).problem().sentence())
                    .startsWith("his.jar!HUB-INF/plugin.yaml listens: '" + setting + "' is no setting").doesNotContain("geheim");
        }
    }

    private static List<String> listens(String text) {
        PluginDescriptor descriptor = PluginDescriptor.read(
                ("id: his\nversion: 1.0.0\nlistens: [\"" + text + "\"]\n").getBytes(UTF_8), "plugin.yaml");
        return Listens.resolved(descriptor, SCHEMA, SETTINGS, "his.jar!HUB-INF/plugin.yaml").listens();
    }
}
