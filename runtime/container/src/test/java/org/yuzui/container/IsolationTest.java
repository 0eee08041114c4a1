package org.yuzui.container;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginState;
import org.yuzui.spi.ApiVersion;
import org.yuzui.spi.Mask;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a plugin's classes see, and what their faults do to others. */
class IsolationTest {

    private HubUnderTest hub;

    @BeforeEach
    void prepare(@TempDir Path home) {
        hub = new HubUnderTest(home);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aPluginSeesItsOwnClassesTheSpiCamelSlf4jJacksonAndTheJdk() throws Exception {
        plugin("his", """
                org.slf4j.LoggerFactory.getLogger("x").debug("seen");
                javax.xml.parsers.DocumentBuilderFactory.newInstance();
                org.w3c.dom.Node node = null;
                Object exchange = org.apache.camel.Exchange.class;
                Object json = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
                return org.yuzui.spi.Mask.NAME.apply("Li Ming") + json;
                """)
                .header("Import-Package", "org.yuzui.spi,org.apache.camel;version=\"[4.17,5)\",org.slf4j;version=\"[2,3)\","
                        + "com.fasterxml.jackson.databind,com.fasterxml.jackson.databind.node,"
                        + "com.fasterxml.jackson.core,javax.xml.parsers,org.w3c.dom")
                .copyTo(hub.jar("his.jar"));

        hub.start();

        assertThat(call("his")).isEqualTo(Mask.NAME.apply("Li Ming") + "{}");
        assertThat(content("his").classLoader().loadClass("org.yuzui.spi.Mask")).isSameAs(Mask.class);
    }

    @ParameterizedTest
    @CsvSource({"org.yuzui.kernel.Problem", "org.yuzui.container.PluginHost", "com.networknt.schema.JsonSchema",
        "org.apache.felix.framework.Felix", "org.osgi.framework.FrameworkUtil", "org.junit.jupiter.api.Test",
        "ch.qos.logback.classic.Logger"})
    void nothingElseOfTheHubIsSeenWhateverThePluginImports(String className) {
        plugin("his", "return Class.forName(\"" + className + "\");")
                .header("DynamicImport-Package", "*").copyTo(hub.jar("his.jar"));

        hub.start();

        assertThatThrownBy(() -> call("his")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void twoPluginsHaveClassesOfTheirOwnUnderTheSameName() throws Exception {
        plugin("his", "return \"of his\";").header("Export-Package", "plugin").header("Import-Package", "plugin")
                .copyTo(hub.jar("his.jar"));
        plugin("finance", "return \"of finance\";").header("Export-Package", "plugin").header("Import-Package", "plugin")
                .copyTo(hub.jar("finance.jar"));

        hub.start();

        assertThat(call("his")).isEqualTo("of his");
        assertThat(call("finance")).isEqualTo("of finance");
    }

    @Test
    void anUpdateNeverSeesTheClassesOfTheOldVersion() throws Exception {
        plugin("his", "return \"old\";").header("Export-Package", "plugin").header("Import-Package", "plugin")
                .header("Bundle-SymbolicName", "test.his;singleton:=true").copyTo(hub.jar("his.jar"));
        hub.start();
        ClassLoader old = content("his").classLoader();

        plugin("his", "return \"new\";").header("Export-Package", "plugin").header("Import-Package", "plugin")
                .header("Bundle-SymbolicName", "test.his;singleton:=true")
                .entry("HUB-INF/plugin.yaml", "id: his\nversion: 0.2.0").copyTo(hub.jar("his.jar"));
        hub.awaitRunning("his", "0.2.0");

        assertThat(call("his")).isEqualTo("new");
        assertThat(content("his").classLoader()).isNotSameAs(old);
    }

    @Test
    void thePromiseOfTheSpiIsItsFirstNumber() {
        String version = Mask.class.getPackage().getAnnotation(ApiVersion.class).value();
        int major = Integer.parseInt(version.replaceFirst("\\..*", ""));
        PluginJar.of("fits", "1.0.0").header("Import-Package", "org.yuzui.spi;version=\"[" + major + ".0," + (major + 1) + ")\"")
                .copyTo(hub.jar("fits.jar"));
        PluginJar.of("careless", "1.0.0").header("Import-Package", "org.yuzui.spi;version=0").copyTo(hub.jar("careless.jar"));
        PluginJar.of("ahead", "1.0.0").header("Import-Package", "org.yuzui.spi;version=\"[" + (major + 1) + "," + (major + 2) + ")\"")
                .copyTo(hub.jar("ahead.jar"));

        hub.start();

        assertThat(hub.status("fits").state()).isEqualTo(PluginState.RUNNING);
        assertThat(hub.status("careless").state()).isEqualTo(PluginState.RUNNING);
        assertThat(hub.status("ahead").problem().code()).isEqualTo("wrong-package-version");
        assertThat(hub.status("ahead").problem().message()).contains("org.yuzui.spi", "the hub has " + version);
    }

    @Test
    void aJarWithoutOsgiHeadersIsTakenForWhatItHolds() throws Exception {
        plugin("his", "return org.yuzui.spi.Mask.ALL.apply(\"x\") + org.apache.camel.ExchangePattern.InOnly;")
                .withoutManifest().entry("HUB-INF/routes/a.camel.yaml", "[]").entry("HUB-INF/routes/sub/b.camel.yaml", "[]")
                .copyTo(hub.jar("his.zip"));

        hub.start();

        assertThat(call("his")).isEqualTo("***InOnly");
        assertThat(content("his").files("routes", ".camel.yaml")).extracting(PluginContent.HubFile::id).containsExactly("a");
        assertThat(content("his").files("contracts", ".schema.json")).isEmpty();
    }

    @Test
    void aZippedFolderIsAPluginToo() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(hub.jar("his.zip")))) {
            for (String folder : new String[] {"HUB-INF/", "HUB-INF/schedules/"}) {
                zip.putNextEntry(new ZipEntry(folder));
            }
            zip.putNextEntry(new ZipEntry("HUB-INF/plugin.yaml"));
            zip.write("id: his\nversion: 0.1.0\ntitle: {zh: 医院信息系统, en: HIS}\nhub: \"[0.1,1)\"\n".getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("HUB-INF/schedules/daily.schedule.yaml"));
            zip.write("cron: x".getBytes(UTF_8));
        }

        hub.start();

        hub.awaitRunning("his", "0.1.0");
        assertThat(hub.status("his").title().zh()).isEqualTo("医院信息系统");
        assertThat(content("his").files("schedules", ".schedule.yaml")).extracting(PluginContent.HubFile::id)
                .containsExactly("daily");
    }

    @Test
    void whatThePluginThrowsIsReportedAndNothingMore() {
        hub.routes.onDeploy(p -> {
            if (!p.descriptor().id().equals("good")) {
                call(p);
            }
        });
        plugin("missing", "return org.yuzui.kernel.Problem.of(\"a\", \"b\");").copyTo(hub.jar("missing.jar"));
        plugin("endless", "return call();").copyTo(hub.jar("endless.jar"));
        plugin("thrower", "throw new IllegalArgumentException(\"no port\");").copyTo(hub.jar("thrower.jar"));
        plugin("linkage", "throw new java.lang.VerifyError(\"odd\");").copyTo(hub.jar("linkage.jar"));
        PluginJar.of("good", "1.0.0").copyTo(hub.jar("z.jar"));

        hub.start();

        assertThat(hub.status("missing").problem().sentence()).isEqualTo("missing.jar!HUB-INF/routes: The class "
                + "org.yuzui.kernel.Problem is neither in the jar nor among what the hub offers. Put it into the jar, or import "
                + "its package if the hub offers it.");
        assertThat(hub.status("endless").problem().message())
                .isEqualTo("It could not be taken in: StackOverflowError.");
        assertThat(hub.status("thrower").problem().message())
                .isEqualTo("It could not be taken in: IllegalArgumentException: no port.");
        assertThat(hub.status("linkage").problem().code()).isEqualTo("broken-class");
        assertThat(hub.status("good").state()).isEqualTo(PluginState.RUNNING);
        assertThat(hub.diary).containsExactly("+ contracts of endless 0.1.0", "- contracts of endless 0.1.0",
                "+ contracts of good 1.0.0", "+ routes of good 1.0.0", "> contracts of good 1.0.0", "> routes of good 1.0.0",
                "+ contracts of linkage 0.1.0", "- contracts of linkage 0.1.0",
                "+ contracts of missing 0.1.0", "- contracts of missing 0.1.0",
                "+ contracts of thrower 0.1.0", "- contracts of thrower 0.1.0");
    }

    @Test
    void aBeanCanBeCalledByReflectionAsOftenAsCamelLikes() throws Exception {
        plugin("his", "return 1;").copyTo(hub.jar("his.jar"));
        hub.start();
        Object bean = bean(content("his"));
        Method method = bean.getClass().getMethod("call");

        // After some calls the JVM writes an accessor class that must find JDK internals through the plugin's loader.
        for (int i = 0; i < 100; i++) {
            assertThat(method.invoke(bean)).isEqualTo(1);
            bean.getClass().getConstructor().newInstance();
        }
    }

    private static PluginJar plugin(String id, String body) {
        return PluginJar.of(id, "0.1.0").source("plugin.Bean", """
                package plugin;
                public class Bean implements java.util.concurrent.Callable<Object> {
                    public Object call() throws Exception {
                        %s
                    }
                }
                """.formatted(body));
    }

    private PluginContent content(String id) {
        return hub.routes.seen.get(id);
    }

    private Object call(String id) throws Exception {
        return call(content(id));
    }

    private static Object call(PluginContent content) throws Exception {
        return ((Callable<?>) bean(content)).call();
    }

    private static Object bean(PluginContent content) throws ReflectiveOperationException {
        return content.classLoader().loadClass("plugin.Bean").getConstructor().newInstance();
    }
}
