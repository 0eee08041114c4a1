package org.yuzui.system;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** From nothing to a plugin that runs, as the guide tells it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuthoringTest {

    private static final String ROUTE = "energy-meters/hub/routes/read-readings.camel.yaml";
    private static final String EXPECTED = "energy-meters/examples/reading/expect.json";
    private static final String JAR = "energy-meters/target/energy-meters-0.1.0.jar";

    private Site site;
    private Rest rest;

    @BeforeAll
    void start() throws Exception {
        site = Site.create("authoring");
        site.keepOnlyHospitals();
        site.start();
        rest = site.rest();
        site.yuzui("plugin", "new", "energy-meters", "--title-zh", "能耗表计", "--title-en", "Energy meters").ok();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void whatIsMadePassesItsCasesAndADifferenceIsShown() throws Exception {
        assertThat(site.yuzui("plugin", "test", "energy-meters").ok().out()).contains("ok       reading", "ok       unknown-unit");

        site.edit(EXPECTED, "21.5", "22");
        Site.Ended differs = site.yuzui("plugin", "test", "energy-meters", "--case", "reading");
        assertThat(differs.code()).isEqualTo(1);
        assertThat(differs.out()).contains("DIFFERS  reading").containsPattern("(?m)^ *- .*22").containsPattern("(?m)^ *\\+ .*21\\.5");
        site.edit(EXPECTED, "22", "21.5");
    }

    @Test
    @Order(2)
    void itIsPackedAndInstalledAndWorks() throws Exception {
        site.yuzui("plugin", "pack", "energy-meters").ok();
        byte[] first = Files.readAllBytes(site.home.resolve(JAR));
        site.yuzui("plugin", "pack", "energy-meters").ok();
        assertThat(Files.readAllBytes(site.home.resolve(JAR))).as("the same folder gives the same bytes").isEqualTo(first);
        assertThat(site.yuzui("plugin", "install", JAR, "--dry-run").ok().out()).contains("Install energy-meters 0.1.0");
        site.yuzui("plugin", "install", JAR).ok();
        assertThat(rest.awaitState("energy-meters", "RUNNING").path("version").asText()).isEqualTo("0.1.0");
        reading("M1");
    }

    @Test
    @Order(3)
    void aSaveIsDeployedAndAnErrorShownInItsPlace() throws Exception {
        HubProcess dev = site.runInBackground("plugin", "dev", "energy-meters");
        await(dev, "Watching");
        site.edit("energy-meters/hub/plugin.yaml", "version: \"0.1.0\"", "version: \"0.2.0\"");
        await(dev, "RUNNING energy-meters 0.2.0");
        reading("M2");

        site.edit(ROUTE, "- doTry:", "- doTrry:");
        await(dev, "hub/routes/read-readings.camel.yaml:13:");
        await(dev, "energy-meters 0.2.0", "goes on running");
        assertThat(rest.awaitState("energy-meters", "RUNNING").path("version").asText()).isEqualTo("0.2.0");
        reading("M3");

        site.edit(ROUTE, "- doTrry:", "- doTry:");
        site.edit("energy-meters/hub/plugin.yaml", "version: \"0.2.0\"", "version: \"0.3.0\"");
        await(dev, "RUNNING energy-meters 0.3.0");
        dev.terminate();
        assertThat(dev.output()).contains("The last good version goes on running: energy-meters 0.3.0");
        reading("M4");
    }

    @Test
    @Order(4)
    void oneWithJavaIsMadeTestedAndInstalled() throws Exception {
        site.yuzui("plugin", "new", "csv-meters", "--java").ok();
        assertThat(site.yuzui("plugin", "test", "csv-meters", "--case", "reading").ok().out()).contains("ok       reading");
        site.yuzui("plugin", "pack", "csv-meters", "-o", "csv-meters.jar").ok();
        site.yuzui("plugin", "install", "csv-meters.jar").ok();
        rest.awaitState("csv-meters", "RUNNING");
    }

    /** Takes a minute of an idle machine, so it is asked for: {@code -Dyuzui.certify=true}. */
    @Test
    @Order(5)
    @EnabledIfSystemProperty(named = "yuzui.certify", matches = "true")
    void aPluginIsCertifiedAndTheReportSaysWhatWasDone() throws Exception {
        Site.Ended certified = site.yuzui("plugin", "certify", "energy-meters", "--quick", "-o", "certificate.md");
        assertThat(certified.code()).as(certified.out() + certified.err()).isZero();
        assertThat(Files.readString(site.home.resolve("certificate.md")))
                .contains("energy-meters", "0.3.0", "SHA-256", "duplicates", "broken input", "kill");
    }

    private static void await(HubProcess dev, String... said) {
        Awaitility.await(String.join(" … ", said)).atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(dev.output()).contains(said));
    }

    private void reading(String meter) throws IOException {
        Path part = site.home.resolve("reading.part");
        Files.writeString(part, Files.readString(site.home.resolve("energy-meters/examples/reading/given.json"))
                .replace("\"M1\"", "\"" + meter + "\""));
        Path inbox = Files.createDirectories(site.home.resolve("in/energy-meters"));
        Files.move(part, inbox.resolve(meter + ".json"), StandardCopyOption.ATOMIC_MOVE);
        Awaitility.await(meter + " comes out").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(site.home.resolve("out/energy-meters/510104-H01-" + meter + ".json")));
    }
}
