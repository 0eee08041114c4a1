package org.yuzui.container;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person reads when a jar is no good: which file, which line or header, and how to mend it. */
class BrokenJarsTest {

    private static final String OFFER = " Plugins see org.yuzui.spi, Camel, SLF4J, Jackson and the JDK; anything else must "
            + "be inside the jar.";

    record Broken(String name, byte[] bytes, String id, String sentence) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Broken> jars() {
        byte[] sound = sound().bytes();
        return Stream.of(
                new Broken("no zip at all", "just text".getBytes(StandardCharsets.UTF_8), "bad.jar",
                        "bad.jar: The file is no whole jar; it is damaged, or its copying has not ended: zip END header not found. "
                                + "Copy it again, best under a name that ends in .part, and rename it when it is complete."),
                new Broken("cut off", Arrays.copyOf(sound, sound.length - 10), "bad.jar",
                        "bad.jar: The file is no whole jar; it is damaged, or its copying has not ended: zip END header not found. "
                                + "Copy it again, best under a name that ends in .part, and rename it when it is complete."),
                new Broken("empty", new byte[0], "bad.jar",
                        "bad.jar: The file is no whole jar; it is damaged, or its copying has not ended: zip file is empty. "
                                + "Copy it again, best under a name that ends in .part, and rename it when it is complete."),
                new Broken("no descriptor", sound().without("HUB-INF/plugin.yaml").entry("a", "").bytes(), "bad.jar",
                        "bad.jar: The jar has no HUB-INF/plugin.yaml. Put the plugin's hub/ folder into the jar as HUB-INF/."),
                new Broken("descriptor is no YAML", descriptor("id: his\nversion: \"0.1.0\n"), "bad.jar",
                        "bad.jar!HUB-INF/plugin.yaml:3: This is not valid YAML: found unexpected end of stream. Look at the "
                                + "indentation and the quotes there."),
                new Broken("unknown key", descriptor("id: his\nversion: 0.1.0\npublish: [his.visit.v1]\n"), "bad.jar",
                        "bad.jar!HUB-INF/plugin.yaml:3 publish: The key 'publish' is not known. Did you mean 'publishes'?"),
                new Broken("version out of bounds", descriptor("id: his\nversion: 99999999999.0.0\n"), "bad.jar",
                        "bad.jar!HUB-INF/plugin.yaml:2 version: A number of the version has more than nine digits."),
                new Broken("for another hub", descriptor("id: his\nversion: 0.1.0\nhub: \"[0.2,1)\"\n"), "bad.jar",
                        "bad.jar!HUB-INF/plugin.yaml:3 hub: The plugin fits hubs of [0.2,1); this one is 0.1.0. Take a "
                                + "version of the plugin that fits, or update the hub."),
                new Broken("no range", descriptor("id: his\nversion: 0.1.0\nhub: \"[0.2\"\n"), "bad.jar",
                        "bad.jar!HUB-INF/plugin.yaml:3 hub: '[0.2' is no range of versions. Write for example \"[0.1,1)\", in "
                                + "quotes."),
                new Broken("path out of the jar", sound().entry("HUB-INF/../../evil", "").bytes(), "bad.jar",
                        "bad.jar!HUB-INF/../../evil: The entry's path leads out of the jar. Pack the jar anew with a tool "
                                + "that you trust."),
                new Broken("two entries of one name", duplicated(), "bad.jar",
                        "bad.jar!HUB-INF/twin1: The jar has two entries of this name, and tools disagree on which one "
                                + "counts. Remove one."),
                new Broken("too large", sound().entry("ballast", noise(60_000)).bytes(), "bad.jar",
                        "bad.jar: The jar has more than 50000 bytes. Leave out what the hub offers already."),
                new Broken("unpacks to too much", sound().entry("ballast", "0".repeat(300_000)).bytes(), "bad.jar",
                        "bad.jar: The jar unpacks to 3 entries with 300208 bytes, which is too much. Leave out what the hub "
                                + "offers already."),
                new Broken("manifest is no manifest", sound().withoutManifest().entry("META-INF/MANIFEST.MF", "?!\n\n").bytes(),
                        "bad.jar", "bad.jar!META-INF/MANIFEST.MF: The manifest can't be read: invalid header field (line 1). "
                                + "Let bnd-maven-plugin write it."),
                new Broken("headers contradict", sound().header("Bundle-Version", "one").bytes(), "his",
                        "bad.jar!META-INF/MANIFEST.MF: The OSGi headers can't be read: invalid version \"one\": non-numeric "
                                + "\"one\". Let bnd-maven-plugin write them."),
                new Broken("fragment", sound().header("Fragment-Host", "system.bundle").bytes(), "bad.jar",
                        "bad.jar!META-INF/MANIFEST.MF Fragment-Host: A plugin stands alone; it is no fragment of another "
                                + "bundle. Remove the header."),
                new Broken("activator", sound().header("Bundle-Activator", "x.Y").bytes(), "bad.jar",
                        "bad.jar!META-INF/MANIFEST.MF Bundle-Activator: A plugin has no activator: what it does, it does in "
                                + "its routes and beans. Remove the header."),
                new Broken("imports a room of the hub", sound().header("Import-Package", "org.yuzui.records").bytes(), "his",
                        "bad.jar!META-INF/MANIFEST.MF: It imports the package org.yuzui.records, which the hub doesn't offer "
                                + "to plugins." + OFFER),
                new Broken("imports two that are missing",
                        sound().header("Import-Package", "org.osgi.framework,com.example.missing,org.slf4j").bytes(), "his",
                        "bad.jar!META-INF/MANIFEST.MF: It imports the package org.osgi.framework, which the hub doesn't offer "
                                + "to plugins. It imports the package com.example.missing, which the hub doesn't offer to "
                                + "plugins." + OFFER),
                new Broken("imports another version", sound().header("Import-Package", "org.slf4j;version=\"[3,4)\"").bytes(),
                        "his", "bad.jar!META-INF/MANIFEST.MF: It imports the package org.slf4j in version 3.0.0 up to, not "
                                + "including, 4.0.0; the hub has 2.0.17 and 1.7.36. Build the plugin against the versions of "
                                + "this hub."),
                new Broken("needs a later Java", sound().header("Require-Capability",
                        "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"").bytes(), "his",
                        "bad.jar!META-INF/MANIFEST.MF: It needs Java 99; this hub runs on Java "
                                + Runtime.version().feature() + ". Run the hub on that Java, or build the plugin for this one."),
                new Broken("needs what nobody has", sound().header("Require-Capability",
                        "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"").bytes(), "his",
                        "bad.jar!META-INF/MANIFEST.MF: It requires the capability osgi.extender (osgi.extender=osgi.component), "
                                + "which the hub doesn't have. A plugin requires osgi.extender;filter:=\"(osgi.extender="
                                + "yuzui.plugin)\" and nothing else."),
                new Broken("leans on another bundle", sound().header("Require-Bundle", "test.finance").bytes(), "his",
                        "bad.jar!META-INF/MANIFEST.MF: It requires the bundle test.finance, but plugins don't see each other. "
                                + "Put what it needs inside the jar."),
                new Broken("settings schema is no JSON", sound().entry("HUB-INF/settings.schema.json", "{\n \"type\": }").bytes(),
                        "his", "bad.jar!HUB-INF/settings.schema.json:2: This is not valid JSON: Unexpected character ('}' (code "
                                + "125)): expected a value."),
                new Broken("settings schema from afar",
                        sound().entry("HUB-INF/settings.schema.json", "{\"properties\":{\"a\":{\"$ref\":\"http://x/y\"}}}").bytes(),
                        "his", "bad.jar!HUB-INF/settings.schema.json /properties/a/$ref: A schema may not refer to another "
                                + "file or address: http://x/y. Move what it refers to into $defs."));
    }

    @TempDir
    private static Path home;
    private static HubUnderTest hub;

    @BeforeAll
    static void startWithASoundPlugin() {
        hub = new HubUnderTest(home).with(s -> s.withMaxJarBytes(50_000)).hasty();
        PluginJar.of("finance", "1.0.0").copyTo(hub.jar("finance.jar"));
        hub.start();
        hub.diary.clear();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @MethodSource("jars")
    void isReportedAndLeavesOthersAlone(Broken broken) throws IOException {
        Files.move(Files.write(hub.jar("bad.part"), broken.bytes()), hub.jar("bad.jar"));

        assertThat(hub.awaitAnyProblem(broken.id()).sentence()).isEqualTo(broken.sentence());
        assertThat(hub.status(broken.id())).returns(PluginState.FAILED, PluginStatus::state)
                .returns("bad.jar", PluginStatus::origin);

        Files.delete(hub.jar("bad.jar"));
        hub.awaitGone(broken.id());
        assertThat(hub.status("finance").state()).isEqualTo(PluginState.RUNNING);
        assertThat(hub.diary).isEmpty();
    }

    @Test
    void aJarThatIsBrokenWhenTheHubStartsIsReportedToo(@TempDir Path otherHome) throws IOException {
        try (HubUnderTest starting = new HubUnderTest(otherHome).hasty()) {
            Files.write(starting.jar("a.jar"), new byte[100]);
            sound().header("Import-Package", "com.example.missing").copyTo(starting.jar("b.jar"));
            PluginJar.of("finance", "1.0.0").copyTo(starting.jar("c.jar"));

            starting.start();

            assertThat(starting.status("finance").state()).isEqualTo(PluginState.RUNNING);
            starting.awaitProblem("his", "missing-package");
            starting.awaitProblem("a.jar", "unreadable-jar");
        }
    }

    @Test
    void aJarThatWasBrokenRunsOnceItIsMended() throws IOException {
        sound().header("Import-Package", "com.example.missing").copyTo(hub.jar("his.jar"));
        hub.awaitProblem("his", "missing-package");

        sound().copyTo(hub.jar("his.jar"));

        hub.awaitRunning("his", "0.1.0");
        Files.delete(hub.jar("his.jar"));
        hub.awaitGone("his");
        hub.diary.clear();
    }

    private static PluginJar sound() {
        return PluginJar.of("his", "0.1.0");
    }

    private static byte[] descriptor(String yaml) {
        return sound().entry("HUB-INF/plugin.yaml", yaml).bytes();
    }

    /** Java's own zip writer refuses to do this, so one name is written over another of the same length. */
    private static byte[] duplicated() {
        String latin = new String(sound().entry("HUB-INF/twin1", "a").entry("HUB-INF/twin2", "b").bytes(),
                StandardCharsets.ISO_8859_1);
        return latin.replace("HUB-INF/twin2", "HUB-INF/twin1").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String noise(int length) {
        return new Random(1).ints(length, ' ', '~').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }
}
