package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A hub that takes signed plugins only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedPluginTest {

    private Site site;
    private Rest rest;

    @BeforeAll
    void start() throws Exception {
        site = Site.create("signed-plugin");
        site.edit("config/hub.yaml", "unsigned: allow", "unsigned: refuse");
        for (String name : new String[] {"chengdu", "stranger"}) {
            site.yuzui("plugin", "keygen", name).ok();
        }
        site.yuzui("plugin", "keygen", "bureau", "--sm2").ok();
        Files.createDirectories(site.home.resolve("config/trust"));
        for (String name : new String[] {"chengdu.pem", "bureau.pem"}) {
            Files.copy(site.home.resolve(name), site.home.resolve("config/trust").resolve(name));
        }
        try (Stream<Path> jars = Files.list(site.home.resolve("plugins"))) {
            Path his = jars.filter(j -> j.getFileName().toString().contains("-his-")).findFirst().orElseThrow();
            site.yuzui("plugin", "sign", his.toString(), "--key", "chengdu.key", "--embed").ok();
        }
        site.start(); // so the signed his runs
        rest = site.rest();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    void keysAreSecretAndVerifySaysWhoSigned() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(site.home.resolve("chengdu.key"))))
                .isEqualTo("rw-------");
        Path jar = jar("verified", "1.0.0");
        assertThat(site.yuzui("plugin", "verify", jar.toString()).code()).isEqualTo(1);
        sign(jar, "stranger");
        Site.Ended stranger = site.yuzui("plugin", "verify", jar.toString());
        assertThat(stranger.code()).isEqualTo(1);
        assertThat(stranger.out()).contains("NOT trusted");
        sign(jar, "chengdu");
        assertThat(site.yuzui("plugin", "verify", jar.toString()).ok().out()).contains("Ed25519", "chengdu");
        Files.write(jar, RelayPlugin.zip("1.0.1"));
        Site.Ended broken = site.yuzui("plugin", "verify", jar.toString());
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.out()).contains("BROKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--embed", ""})
    void onlyWhatATrustedKeySignedIsTaken(String embed) throws Exception {
        String id = embed.isEmpty() ? "beside" : "inside";
        Path jar = jar(id, "1.0.0");
        Site.Ended unsigned = site.yuzui("plugin", "install", jar.toString());
        assertThat(unsigned.code()).isEqualTo(2);
        assertThat(unsigned.err()).contains(jar.getFileName().toString(), "not signed", "yuzui plugin sign");
        assertThat(rest.install(id + ".zip", Files.readAllBytes(jar), "").body().path("code").asText()).isEqualTo("unsigned-plugin");

        sign(jar, "stranger", embed);
        assertThat(site.yuzui("plugin", "install", jar.toString()).code()).as("a stranger's key").isEqualTo(2);
        Files.deleteIfExists(Path.of(jar + ".sig"));
        jar(id, "1.0.0");
        sign(jar, embed.isEmpty() ? "bureau" : "chengdu", embed);
        Path tampered = Files.copy(jar, site.home.resolve("tampered-" + id + ".zip"));
        Bundle.of(tampered).edit("HUB-INF/routes/tick.camel.yaml", "period=1000", "period=1").writeTo(tampered);
        if (embed.isEmpty()) {
            Files.copy(Path.of(jar + ".sig"), Path.of(tampered + ".sig"));
        }
        Site.Ended changed = site.yuzui("plugin", "install", tampered.toString());
        assertThat(changed.code()).as("changed after it was signed").isEqualTo(2);
        assertThat(changed.err()).contains(tampered.getFileName().toString());
        assertThat(rest.status("/api/v1/plugins/" + id, "wrong")).isEqualTo(401);

        Site.Ended planned = site.yuzui("plugin", "install", jar.toString(), "--dry-run").ok();
        assertThat(planned.out()).contains("signed by " + (embed.isEmpty() ? "bureau (SM2)" : "chengdu (Ed25519)"));
        site.yuzui("plugin", "install", jar.toString()).ok();
        assertThat(rest.awaitState(id, "RUNNING").path("version").asText()).isEqualTo("1.0.0");
    }

    @Test
    void aSignatureMayLieElsewhere() throws Exception {
        Path jar = jar("called", "1.0.0");
        sign(jar, "chengdu");
        Files.move(Path.of(jar + ".sig"), site.home.resolve("elsewhere.sig"));
        site.yuzui("plugin", "install", jar.toString(), "--signature", "elsewhere.sig").ok();
        rest.awaitState("called", "RUNNING");
    }

    @Test
    void theDropFolderIsNoBackDoor() throws Exception {
        Path jar = jar("dropped", "1.0.0");
        drop(jar);
        JsonNode failed = rest.awaitState("dropped", "FAILED");
        assertThat(failed.at("/problem/code").asText()).isEqualTo("unsigned-plugin");
        assertThat(failed.at("/problem/place").asText()).contains("dropped.zip");
        sign(jar, "chengdu");
        drop(Path.of(jar + ".sig"));
        drop(jar);
        rest.awaitState("dropped", "RUNNING");

        Path next = jar("dropped", "1.1.0");
        drop(next); // the signature that lies there is another's
        Awaitility.await("the refusal is shown").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> rest.get("/api/v1/plugins").toString().contains("signature"));
        assertThat(rest.get("/api/v1/plugins/dropped").toString()).contains("\"version\":\"1.0.0\"");
    }

    private void drop(Path file) throws Exception {
        Path part = Files.copy(file, site.home.resolve("plugins/." + file.getFileName() + ".part"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, site.home.resolve("plugins").resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void sign(Path jar, String key, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("plugin", "sign", jar.toString(), "--key", key + ".key"));
        Stream.of(options).filter(o -> !o.isEmpty()).forEach(command::add);
        site.yuzui(command.toArray(String[]::new)).ok();
    }

    private Path jar(String id, String version) throws Exception {
        return Bundle.of("HUB-INF/plugin.yaml", "id: " + id + "\nversion: \"" + version + "\"\n", "HUB-INF/routes/tick.camel.yaml", """
                - route:
                    id: tick-%s
                    from:
                      uri: timer:tick?period=1000
                      steps:
                        - log: tick
                """.formatted(id)).writeTo(site.home.resolve(id + ".zip"));
    }
}
