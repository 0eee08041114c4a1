package org.yuzui.kernel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PluginDescriptorTest {

    private static PluginDescriptor read(String text) {
        return PluginDescriptor.read(text.getBytes(StandardCharsets.UTF_8), "his.jar!HUB-INF/plugin.yaml");
    }

    @Test
    void readsAll() {
        PluginDescriptor d = read("""
                id: his
                version: "1.2.3"
                title: {zh: 医院, en: Hospital}
                hub: "[0.1,1)"
                consumes: [his.visit.v1]
                publishes: [his.visit.v1, his.daily.v1]
                listens: [mllp 2575]
                """);
        assertThat(d.id()).isEqualTo("his");
        assertThat(d.title()).isEqualTo(new Title("医院", "Hospital"));
        assertThat(d.publishes()).containsExactly("his.visit.v1", "his.daily.v1");
        assertThat(d.hub()).isEqualTo("[0.1,1)");
    }

    @Test
    void whatIsOptionalMayBeMissing() {
        PluginDescriptor d = read("id: his\nversion: 1.0.0\n");
        assertThat(d.title()).isEqualTo(new Title("his", "his"));
        assertThat(d.consumes()).isEmpty();
        assertThat(d.hub()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "version: 1.0.0                    | 'id' is missing",
            "id: His\\nversion: 1.0.0          | plugin.yaml:1 id",
            "id: hub\\nversion: 1.0.0          | the hub's own",
            "id: his\\nversion: 1.0            | plugin.yaml:2 version",
            "id: his\\nversion: '1'            | major.minor.patch",
            "id: his\\nversion: 1.0.0\\nconsume: [a] | Did you mean 'consumes'?",
            "id: his\\nversion: 1.0.0\\nlistens: x  | plugin.yaml:3 listens"})
    void namesThePlaceOfWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"prot, port", "subscribtion, subscription", "hots, host"})
    void findsTheNearestName(String given, String meant) {
        assertThat(KnownKeys.nearest(given, java.util.List.of("port", "host", "subscription", "zone"))).contains(meant);
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(KnownKeys.nearest("xyzzy", java.util.List.of("port", "host"))).isEmpty();
    }
}
