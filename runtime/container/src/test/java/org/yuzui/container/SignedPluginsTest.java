package org.yuzui.container;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.container.SignatureVerdict.State;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whose plugins a hub takes. */
class SignedPluginsTest {

    @TempDir
    private Path home;
    private Path trust;
    private Path key;

    @BeforeEach
    void keys() throws IOException {
        trust = Files.createDirectories(home.resolve("config/trust"));
        PluginSignatures.makeKeys(SignatureAlgorithm.SM2, home, "bureau");
        key = home.resolve("bureau.key");
    }

    @Test
    void aZippedFolderThatIsSignedInsideRunsThoughTheHubWrapsIt() throws IOException {
        trustBureau();
        try (HubUnderTest hub = hub(UnsignedPlugins.REFUSE)) {
            Path jar = PluginJar.of("his", "1.0.0").withoutManifest().copyTo(home.resolve("his.zip"));
            PluginSignatures.embed(jar, key, Clock.systemUTC());
            Files.move(jar, hub.jar("his.zip"), StandardCopyOption.ATOMIC_MOVE);
            hub.awaitRunning("his", "1.0.0");
        }
    }

    @Test
    void anUnsignedJarIsRefusedUntilItsSignatureComesAndAgainUntilItsKeyIsTrusted() throws IOException {
        try (HubUnderTest hub = hub(UnsignedPlugins.REFUSE)) {
            Path jar = PluginJar.of("his", "1.0.0").renameTo(hub.jar("his.jar"));
            assertThat(hub.awaitProblem("his", "unsigned-plugin").sentence()).isEqualTo("his.jar: The jar is not signed. Sign it "
                    + "with: yuzui plugin sign; plugins.unsigned of config/hub.yaml says what is done without.");
            assertThat(hub.status("his").state()).isEqualTo(PluginState.FAILED);

            Files.writeString(hub.jar("his.jar.sig"), PluginSignatures.sign(jar, key, Clock.systemUTC()));
            hub.awaitProblem("his", "untrusted-plugin");

            trustBureau();
            hub.awaitRunning("his", "1.0.0");
        }
    }

    @Test
    void aBrokenSignatureIsRefusedWhereUnsignedOnesAreAllowedAndWhatRunsGoesOn() throws IOException {
        trustBureau();
        try (HubUnderTest hub = hub(UnsignedPlugins.ALLOW)) {
            PluginJar.of("his", "1.0.0").renameTo(hub.jar("his.jar"));
            hub.awaitRunning("his", "1.0.0");
            Path other = PluginJar.of("his", "1.1.0").copyTo(home.resolve("other.jar"));
            Files.writeString(hub.jar("his-2.jar.sig"), PluginSignatures.sign(other, key, Clock.systemUTC()));
            PluginJar.of("his", "2.0.0").renameTo(hub.jar("his-2.jar"));

            hub.awaitProblem("his", "broken-signature");
            assertThat(hub.status("his")).returns(PluginState.RUNNING, s -> s.state()).returns("1.0.0", s -> s.version());

            Files.delete(hub.jar("his-2.jar.sig"));
            hub.awaitRunning("his", "2.0.0");
        }
    }

    @Test
    void aWarningIsInThePlanAndStandsInTheStatusAfterARestartToo() throws IOException {
        try (HubUnderTest hub = hub(UnsignedPlugins.WARN)) {
            Path jar = PluginJar.of("his", "1.0.0").copyTo(home.resolve("upload.jar"));
            PluginPlan plan = hub.plugins().plan(new PluginRequest.Install(jar, "his.jar", null));
            assertThat(plan.signature()).returns(State.UNSIGNED, SignatureVerdict::state)
                    .returns("The jar is not signed. This hub warns of it (plugins.unsigned).", SignatureVerdict::detail);
            assertThat(plan.problems()).isEmpty();

            hub.does(new PluginRequest.Install(jar, "his.jar", null));
            assertThat(hub.status("his").state()).isEqualTo(PluginState.RUNNING);
            assertThat(hub.status("his").problem().code()).isEqualTo("unsigned-plugin");
            hub.plugins().close();
            hub.start();
            assertThat(hub.status("his").problem().code()).isEqualTo("unsigned-plugin");

            trustBureau();
            Path signed = PluginJar.of("his", "1.0.1").copyTo(home.resolve("signed.jar"));
            hub.does(new PluginRequest.Install(signed, "his.jar", PluginSignatures.sign(signed, key, Clock.systemUTC())));
            assertThat(hub.status("his").problem()).isNull();
        }
    }

    @Test
    void aSignatureGoesWithItsVersionIntoTheFolderAndBackToIt() throws IOException {
        trustBureau();
        try (HubUnderTest hub = hub(UnsignedPlugins.REFUSE)) {
            for (String version : new String[] {"1.0.0", "1.1.0"}) {
                Path jar = PluginJar.of("his", version).copyTo(home.resolve("upload.jar"));
                hub.does(new PluginRequest.Install(jar, "his-" + version + ".jar",
                        PluginSignatures.sign(jar, key, Clock.systemUTC())));
            }
            assertThat(hub.folder()).containsExactly("his-1.1.0.jar", "his-1.1.0.jar.sig");
            assertThat(PluginSignatures.verify(hub.jar("his-1.1.0.jar"), PluginSignatures.detached(hub.jar("his-1.1.0.jar")),
                    trust, Clock.systemUTC()).signer()).isEqualTo("bureau");

            hub.does(new PluginRequest.Rollback("his", null));
            assertThat(hub.folder()).containsExactly("his-1.0.0.jar", "his-1.0.0.jar.sig");
            assertThat(hub.status("his").version()).isEqualTo("1.0.0");

            Files.delete(trust.resolve("bureau.pem"));
            assertThatThrownBy(() -> hub.does(new PluginRequest.Rollback("his", "1.1.0"))).isInstanceOf(ProblemException.class)
                    .extracting(e -> ((ProblemException) e).problem().code()).isEqualTo("untrusted-plugin");
            hub.plugins().close();
            hub.start();
            assertThat(hub.status("his")).as("what was accepted runs on").returns(PluginState.RUNNING, s -> s.state());
        }
    }

    private HubUnderTest hub(UnsignedPlugins unsigned) {
        return new HubUnderTest(home).with(s -> s.withUnsigned(unsigned)).start();
    }

    private void trustBureau() throws IOException {
        Files.copy(home.resolve("bureau.pem"), trust.resolve("bureau.part"));
        Files.move(trust.resolve("bureau.part"), trust.resolve("bureau.pem"), StandardCopyOption.ATOMIC_MOVE);
    }
}
