package org.yuzui.launcher.authoring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(300)
class FolderChangesTest {

    @Test
    void whatIsThePluginsIsToldAndNothingElse(@TempDir Path temp) throws Exception {
        Path folder = new PluginTemplate("meters", null, null, false).writeTo(temp.resolve("meters"));
        try (FolderChanges changes = FolderChanges.of(PluginFolder.of(folder))) {
            Files.writeString(folder.resolve("README.md"), "other words");
            Files.createDirectories(folder.resolve("target"));
            Files.writeString(folder.resolve("hub/plugin.yaml~"), "a backup");
            Files.createDirectories(folder.resolve("hub/schedules"));
            Files.writeString(folder.resolve("hub/schedules/nightly.schedule.yaml"), "cron: '0 0 2 * * ?'\n");
            assertThat(changes.await()).contains(Path.of("hub/schedules/nightly.schedule.yaml"))
                    .allMatch(p -> p.startsWith("hub/schedules"));
            Files.writeString(folder.resolve("hub/schedules/nightly.schedule.yaml"), "cron: '0 0 3 * * ?'\n");
            assertThat(changes.await()).containsExactly(Path.of("hub/schedules/nightly.schedule.yaml"));
        }
    }
}
