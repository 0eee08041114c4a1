package org.yuzui.container.internal.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SettingsFolderTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    @TempDir
    private Path folder;

    @Test
    void aChangeCountsOnceItHasLainStill() throws IOException {
        SettingsFolder settings = new SettingsFolder(folder, now::get);
        write("port: 1");
        assertThat(text(settings)).isEqualTo("port: 1");
        assertThat(settings.nanosToNextChange()).isEmpty();

        write("");
        assertThat(text(settings)).isEqualTo("port: 1");
        assertThat(settings.nanosToNextChange()).hasValue(SettingsFolder.SETTLE_NANOS);
        now.addAndGet(SettingsFolder.SETTLE_NANOS - 1);
        write("port: 2");
        assertThat(text(settings)).isEqualTo("port: 1");
        now.addAndGet(SettingsFolder.SETTLE_NANOS - 1);
        assertThat(text(settings)).isEqualTo("port: 1");
        assertThat(settings.nanosToNextChange()).hasValue(1);
        now.incrementAndGet();
        assertThat(text(settings)).isEqualTo("port: 2");
        assertThat(settings.nanosToNextChange()).isEmpty();
    }

    @Test
    void aFileThatIsOnlyAwayForAMomentNeverChanged() throws IOException {
        SettingsFolder settings = new SettingsFolder(folder, now::get);
        write("port: 1");
        text(settings);

        Files.delete(folder.resolve("his.yaml"));
        assertThat(text(settings)).isEqualTo("port: 1");
        write("port: 1");
        assertThat(text(settings)).isEqualTo("port: 1");

        assertThat(settings.nanosToNextChange()).isEmpty();
    }

    @Test
    void aPluginThatWasForgottenIsReadAnew() throws IOException {
        SettingsFolder settings = new SettingsFolder(folder, now::get);
        write("port: 1");
        text(settings);
        settings.keepOnly(List.of());

        write("port: 2");

        assertThat(text(settings)).isEqualTo("port: 2");
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("his.yaml"), yaml);
    }

    private static String text(SettingsFolder settings) throws IOException {
        return new String(settings.read("his").bytes(), UTF_8);
    }
}
