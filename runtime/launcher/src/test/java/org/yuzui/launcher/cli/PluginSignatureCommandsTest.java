package org.yuzui.launcher.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys are made, a jar is signed and verified, and no hub is there. */
class PluginSignatureCommandsTest extends AtTheTerminal {

    @TempDir
    Path folder;
    private String jar;

    @BeforeEach
    void aJar() throws IOException {
        jar = pack("his.jar", "id: his").toString();
        Files.createDirectory(folder.resolve("trust"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--sm2", ""})
    void fromKeysToTrust(String kind) throws IOException {
        assertThat(kind.isEmpty() ? yuzui("plugin", "keygen", at("chengdu")) : yuzui("plugin", "keygen", kind, at("chengdu"))).isZero();
        assertThat(out.toString()).contains("chengdu.key  signs; keep it secret").contains("config/trust");
        assertThat(yuzui("plugin", "verify", jar, "--trust", at("trust"))).isEqualTo(1);
        assertThat(said()).contains("his.jar: not signed");

        assertThat(yuzui("plugin", "sign", jar, "--key", at("chengdu.key"))).isZero();
        assertThat(folder.resolve("his.jar.sig")).exists();
        assertThat(yuzui("plugin", "verify", jar, "--trust", at("trust"))).isEqualTo(1);
        assertThat(said()).contains("NOT trusted: signed by an unknown key");

        Files.move(folder.resolve("chengdu.pem"), folder.resolve("trust/chengdu.pem"));
        assertThat(yuzui("plugin", "verify", jar, "--trust", at("trust"))).isZero();
        assertThat(said()).contains("signed by a trusted key (" + (kind.isEmpty() ? "Ed25519" : "SM2") + ")").contains("by chengdu");

        assertThat(yuzui("plugin", "sign", jar, "--key", at("chengdu.key"), "--embed")).isZero();
        assertThat(said()).contains("his.jar is signed inside.").contains("his.jar.sig was for the jar as it was");
        assertThat(yuzui("plugin", "verify", jar, "--trust", at("trust"))).isEqualTo(1);
        Files.delete(folder.resolve("his.jar.sig"));
        said();
        assertThat(yuzui("plugin", "verify", jar, "--trust", at("trust"), "--json")).isZero();
        assertThat(said()).contains("\"state\":\"TRUSTED\"", "\"signer\":\"chengdu\"");
        assertThat(folder.resolve("his.jar.sig")).doesNotExist();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aChangedJarIsBroken() throws IOException {
        yuzui("plugin", "keygen", at("chengdu"));
        yuzui("plugin", "sign", jar, "--key", at("chengdu.key"));
        pack("his.jar", "id: hers");
        assertThat(yuzui("plugin", "verify", jar, "--trust", at("trust"))).isEqualTo(1);
        assertThat(said()).contains("BROKEN signature: do not use it");
        assertThat(run("plugin", "verify", jar, "--trust", at("trust"), "--lang", "zh")).isEqualTo(1);
        assertThat(said()).contains("签名已损坏");
    }

    @Test
    void whatIsMissingOrWrongHasItsCode() throws IOException {
        assertThat(yuzui("plugin", "verify", at("none.jar"))).isEqualTo(8);
        assertThat(err.toString()).contains("There is no file").contains("none.jar");
        assertThat(yuzui("plugin", "verify", jar, "--trust", at("nowhere"))).isEqualTo(8);
        assertThat(yuzui("plugin", "sign", jar)).isEqualTo(2);
        assertThat(yuzui("plugin", "sign", jar, "--key", at("none.key"))).isEqualTo(3);
        Files.writeString(folder.resolve("bad.key"), "no key");
        assertThat(yuzui("plugin", "sign", jar, "--key", at("bad.key"))).isEqualTo(3);
        assertThat(err.toString()).contains("bad.key: The file holds no PEM block.");
        yuzui("plugin", "keygen", at("chengdu"));
        assertThat(yuzui("plugin", "keygen", at("chengdu"))).isEqualTo(3);
        yuzui("plugin", "sign", jar, "--key", at("chengdu.key"));
        Files.writeString(folder.resolve("trust/bad.pem"), "no key");
        assertThat(yuzui("plugin", "verify", jar, "--trust", at("trust"))).isEqualTo(3);
        assertThat(err.toString()).contains("trust/bad.pem").doesNotContain("\tat ");
        assertThat(folder.resolve("his.jar.part")).doesNotExist();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private String said() {
        String said = out.toString();
        out.getBuffer().setLength(0);
        return said;
    }

    private Path pack(String name, String descriptor) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("HUB-INF/plugin.yaml"));
            zip.write(descriptor.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return file;
    }
}
