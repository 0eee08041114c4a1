package org.yuzui.routing.internal;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel's parts are found wherever they are, and a plugin's before the hub's. */
class HostFactoriesTest {

    private static final String DIRECT = "META-INF/services/org/apache/camel/component/direct";

    private static String found(ClassLoader own, String uri) throws IOException {
        try (InputStream in = new HostFactories(new DefaultCamelContext(false), own).loadResourceAsStream(uri)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPluginBringsItsOwnAndTheOthersKeepTheHubs(@TempDir Path plugin) throws IOException {
        Path own = plugin.resolve(DIRECT);
        Files.createDirectories(own.getParent());
        Files.writeString(own, "class=org.example.Direct");
        Files.writeString(own.resolveSibling("only-here"), "class=org.example.OnlyHere");
        ClassLoader hub = HostFactories.class.getClassLoader();
        try (URLClassLoader brought = new URLClassLoader(new URL[] {plugin.toUri().toURL()}, null)) {
            for (int i = 0; i < 2; i++) {
                assertThat(found(hub, DIRECT)).contains("class=org.apache.camel.component.direct.DirectComponent");
                assertThat(found(brought, DIRECT)).isEqualTo("class=org.example.Direct");
                assertThat(found(hub, DIRECT.replace("direct", "only-here"))).isNull();
                assertThat(found(brought, DIRECT.replace("direct", "only-here"))).isEqualTo("class=org.example.OnlyHere");
            }
        }
    }

    @Test
    void anotherFileIsLookedForAsCamelDoes() throws IOException {
        assertThat(found(HostFactories.class.getClassLoader(), "org/yuzui/routing/internal/HostFactories.class")).isNotEmpty();
    }
}
