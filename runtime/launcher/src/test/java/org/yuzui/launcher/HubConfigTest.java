package org.yuzui.launcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.container.UnsignedPlugins;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.SealCipher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HubConfigTest {

    @TempDir
    Path home;

    private HubConfig load(String text) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/hub.yaml"), text);
        return HubConfig.load(home);
    }

    @Test
    void anEmptyFileMeansTheDefaults() throws IOException {
        HubConfig config = load("");
        assertThat(config.webHost()).isEqualTo("127.0.0.1");
        assertThat(config.webPort()).isEqualTo(8088);
        assertThat(config.webHosts()).isEmpty();
        assertThat(load("web: {hosts: [hub.example]}").webHosts()).containsExactly("hub.example");
        assertThat(config.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(config.store().url()).isNull();
        assertThat(config.store().data()).isEqualTo(home.resolve("data/postgres"));
        assertThat(config.broker().bufferTimeoutNanos()).isZero();
        assertThat(config.unsigned()).isEqualTo(UnsignedPlugins.ALLOW);
        assertThat(load("plugins: {unsigned: refuse}").unsigned()).isEqualTo(UnsignedPlugins.REFUSE);
    }

    @Test
    void theShippedFileSaysTheDefaults() throws IOException {
        Path shipped = Path.of("../../config/hub.yaml");
        HubConfig config = load(Files.readString(shipped));
        assertThat(config.webPort()).isEqualTo(8088);
        assertThat(config.unit()).isEqualTo("510000");
    }

    @Test
    void whatIsKeptIsSealedWithTheCipherThatTheFileNames() throws IOException {
        assertThat(load("").cipher()).isEqualTo(SealCipher.AES_GCM);
        assertThat(load("ledger: {cipher: sm4-gcm}").cipher()).isEqualTo(SealCipher.SM4_GCM);
        assertThatThrownBy(() -> load("ledger:\n  cipher: des\n")).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().place()).contains("hub.yaml:2");
            assertThat(e.problem().message()).contains("'des'");
            assertThat(e.problem().cure()).isEqualTo("Write aes-gcm or sm4-gcm.");
        });
        Files.writeString(home.resolve("config/hub.yaml"), "store: {password: '${env:NOT_SET_HERE}'}\nledger: {cipher: sm4-gcm}\n");
        assertThat(HubConfig.cipher(home)).as("a command needs no more of the file").isEqualTo(SealCipher.SM4_GCM);
    }

    @Test
    void secretsComeFromFilesAndNeverShow() throws IOException {
        Files.createDirectories(home.resolve("secrets"));
        Files.writeString(home.resolve("secrets/db"), "open sesame\n");
        HubConfig config = load("""
                store:
                  url: jdbc:postgresql://db:5432/yuzui
                  user: yuzui
                  password: ${file:secrets/db}
                broker:
                  bufferTimeout: 0.4ms
                """);
        assertThat(config.store().password()).isEqualTo("open sesame");
        assertThat(config.toString()).doesNotContain("sesame");
        assertThat(config.broker().bufferTimeoutNanos()).isEqualTo(400_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "broker:\\n  ulr: tcp://x      | config/hub.yaml:2 broker.ulr: The key 'ulr' is not known. Did you mean 'url'?",
            "wbe: {}                       | config/hub.yaml:1 wbe: The key 'wbe' is not known. Did you mean 'web'?",
            "web:\\n  port: many           | config/hub.yaml:2 web.port: 'many' is not a number from 0 to 65535.",
            "web:\\n  port: 70000          | config/hub.yaml:2 web.port",
            "timezone: Mars/Olympus        | config/hub.yaml:1 timezone: 'Mars/Olympus' is not a time zone.",
            "store:\\n  url: mysql://x     | config/hub.yaml:2 store.url: This URL does not begin with jdbc:postgresql://",
            "store:\\n  password: ${env:NOT_SET_HERE_1} | The environment variable NOT_SET_HERE_1 is not set.",
            "store:\\n  password: ${file:nowhere}       | The file nowhere can't be read",
            "broker:\\n  bufferTimeout: soon            | config/hub.yaml:2 broker.bufferTimeout",
            "node:\\n  id: 四川 1           | config/hub.yaml:2 node.id: '四川 1' is not a name of a node.",
            "web:\\n  hosts: one            | config/hub.yaml:2 web.hosts: A list is expected here.",
            "plugins:\\n  unsigned: never       | config/hub.yaml:2 plugins.unsigned: 'never' is not what can be done with an unsigned plugin. Write allow, warn or refuse.",
            "web: 8088                     | config/hub.yaml:1 web: A mapping is expected here."})
    void namesThePlaceAndTheCure(String text, String message) {
        assertThatThrownBy(() -> load(text.replace("\\n", "\n"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> HubConfig.load(home)).hasMessageContaining("config/hub.yaml");
    }

    @Test
    void oneHubADataFolder() {
        try (DataLock first = DataLock.take(home.resolve("data"))) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataLock.take(home.resolve("data")))
                    .hasMessageContaining("Another hub (process " + ProcessHandle.current().pid() + ")");
        }
        DataLock.take(home.resolve("data")).close();
    }
}
