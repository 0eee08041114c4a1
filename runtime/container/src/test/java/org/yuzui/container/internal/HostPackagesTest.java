package org.yuzui.container.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.spi.ApiVersion;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

class HostPackagesTest {

    private static final String API = Settings.class.getPackage().getAnnotation(ApiVersion.class).value();

    @TempDir
    private Path folder;

    @Test
    void camelsPackagesAreReadFromItsJarsAndNobodyElses() throws IOException {
        Path core = jar("camel-core-4.17.0.jar", "org/apache/camel/A.class", "org/apache/camel/spi/B.class", "META-INF/x/C.class");
        Path hl7 = jar("camel-hl7-4.17.0.jar", "org/apache/camel/spi/D.class", "com/example/E.class");
        Path other = jar("guava-33.0.jar", "org/apache/camel/fake/F.class");

        assertThat(HostPackages.of(List.of(core, other, hl7, folder.resolve("classes")), folder.resolve("memory")))
                .isEqualTo("org.yuzui.spi;version=\"" + API + "\",org.apache.camel.spi;version=\"4.17.0\","
                        + "org.apache.camel;version=\"4.17.0\"");
    }

    @Test
    void theListIsRememberedForAsLongAsTheJarsAreTheSame() throws IOException {
        Path memory = folder.resolve("memory");
        Path core = jar("camel-core-4.17.0.jar", "org/apache/camel/A.class");
        String first = HostPackages.of(List.of(core), memory);
        Files.writeString(memory, Files.readString(memory).replace("org.apache.camel;", "remembered;"));

        assertThat(HostPackages.of(List.of(core), memory)).isEqualTo(first.replace("org.apache.camel;", "remembered;"));
        Path hl7 = jar("camel-hl7-4.17.0.jar", "org/apache/camel/hl7/B.class");
        assertThat(HostPackages.of(List.of(core, hl7), memory)).contains("org.apache.camel;", "org.apache.camel.hl7;");
        Files.writeString(memory, "cut off");
        assertThat(HostPackages.of(List.of(core), memory)).isEqualTo(first);
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                out.putNextEntry(new JarEntry(entry));
            }
        }
        return jar;
    }
}
