package org.yuzui.launcher.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of a plugin's author that need no hub of their own; the others are tested where the testkit is. */
class AuthoringCommandsTest extends AtTheTerminal {

    @TempDir
    Path temp;
    private FakeRest rest;
    private Path folder;

    @BeforeEach
    void aNewPlugin() throws IOException {
        rest = new FakeRest().answer("GET /api/v1/plugins", "{\"plugins\":[]}");
        folder = temp.resolve("energy-meters");
        assertThat(yuzui("plugin", "new", "energy-meters", "--dir", folder.toString(), "--title-zh", "能耗表计")).isZero();
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    private int dev() {
        return yuzui("plugin", "dev", folder.toString(), "--once", "--url", rest.url(), "--token", FakeRest.TOKEN);
    }

    private void breakTheRoute() throws IOException {
        Path route = folder.resolve("hub/routes/read-readings.camel.yaml");
        Files.writeString(route, Files.readString(route).replace("doTry", "doTrry"));
    }

    @Test
    void newSaysWhatToDoNext() {
        assertThat(out.toString()).contains("yuzui plugin test " + folder, "yuzui plugin dev " + folder);
        assertThat(folder.resolve(".gitignore")).exists();
        assertThat(folder.resolve("hub/plugin.yaml")).content().contains("能耗表计");
    }

    @Test
    void packSaysWhatItMade() {
        assertThat(yuzui("plugin", "pack", folder.toString(), "-o", temp.resolve("x.jar").toString(), "--json")).isZero();
        assertThat(out.toString()).contains("\"plugin\" : \"energy-meters\"", "\"sha256\" : \"");
        assertThat(temp.resolve("x.jar")).exists();
    }

    @Test
    void packTellsEverythingThatIsWrong() throws IOException {
        breakTheRoute();
        Files.writeString(folder.resolve("hub/routes/other.yaml"), "");
        assertThat(yuzui("plugin", "pack", folder.toString())).isEqualTo(ExitCode.FAILED.number());
        assertThat(err.toString()).contains("2 things are to be mended:", "hub/routes/read-readings.camel.yaml:13: ",
                "hub/routes/other.yaml: ");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void devInstallsThroughTheHubsInterface() {
        rest.answer("POST /api/v1/plugins", "{}").answer("GET /api/v1/plugins/energy-meters",
                "{\"plugin\":{\"id\":\"energy-meters\",\"state\":\"RUNNING\",\"problem\":null}}");
        assertThat(dev()).isZero();
        assertThat(out.toString()).contains("RUNNING energy-meters 0.1.0 (");
        assertThat(rest.calls).anyMatch(c -> c.startsWith("POST /api/v1/plugins?fileName=energy-meters-0.1.0.jar"));
    }

    @Test
    void aProblemInTheJarIsShownInTheFolder() {
        rest.answer("POST /api/v1/plugins", 422, """
                {"type":"urn:yuzui:problem:port-in-use","title":"x","status":422,"code":"port-in-use",
                "place":"energy-meters-0.1.0.jar!HUB-INF/routes/read-readings.camel.yaml:7","detail":"It can't listen.","cure":null}""");
        assertThat(dev()).isEqualTo(ExitCode.FAILED.number());
        assertThat(out.toString()).contains(" hub/routes/read-readings.camel.yaml:7: It can't listen.").doesNotContain(".jar!");
    }

    @Test
    void whatCanBeSeenInTheFolderNeverReachesTheHub() throws IOException {
        breakTheRoute();
        assertThat(dev()).isEqualTo(ExitCode.FAILED.number());
        assertThat(out.toString()).contains("hub/routes/read-readings.camel.yaml:13: ");
        assertThat(rest.calls).noneMatch(c -> c.startsWith("POST"));
    }

    @Test
    void testAndCertifyNeedTheTestkit() {
        assertThat(yuzui("plugin", "test", folder.toString())).isEqualTo(ExitCode.FAILED.number());
        assertThat(err.toString()).contains("The testkit is not among the hub's libraries.");
    }
}
