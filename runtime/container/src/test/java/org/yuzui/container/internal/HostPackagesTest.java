package org.yuzui.container.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

class HostPackagesTest {

    @TempDir
    private Path folder;

    @Test
    void camelsPackagesAreReadFromItsJarsAndNobodyElses() throws IOException {
        Path core = jar("camel-core-4.17.0.jar", "org/apache/camel/A.class", "org/apache/camel/spi/B.class", "META-INF/x/C.class");
        Path hl7 = jar("camel-hl7-4.17.0.jar", "org/apache/camel/spi/D.class", "com/example/E.class");
        Path other = jar("guava-33.0.jar", "org/apache/camel/fake/F.class");

        assertThat(HostPackages.of(List.of(core, other, hl7, folder.resolve("classes")), folder.resolve("memory"), "0.1.0-SNAPSHOT"))
                .isEqualTo("org.yuzui.spi;version=\"0.1.0\",org.apache.camel.spi;version=\"4.17.0\","
                        + "org.apache.camel;version=\"4.17.0\"");
    }

    @Test
    void theListIsRememberedForAsLongAsTheJarsAreTheSame() throws IOException {
        Path memory = folder.resolve("memory");
        Path core = jar("camel-core-4.17.0.jar", "org/apache/camel/A.class");
        String first = HostPackages.of(List.of(core), memory, "0.1.0");
        Files.writeString(memory, Files.readString(memory).replace("org.apache.camel;", "remembered;"));

        assertThat(HostPackages.of(List.of(core), memory, "0.1.0")).isEqualTo(first.replace("org.apache.camel;", "remembered;"));
        Path hl7 = jar("camel-hl7-4.17.0.jar", "org/apache/camel/hl7/B.class");
        assertThat(HostPackages.of(List.of(core, hl7), memory, "0.1.0")).contains("org.apache.camel;", "org.apache.camel.hl7;");
        Files.writeString(memory, "cut off");
        assertThat(HostPackages.of(List.of(core), memory, "0.1.0")).isEqualTo(first);
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
