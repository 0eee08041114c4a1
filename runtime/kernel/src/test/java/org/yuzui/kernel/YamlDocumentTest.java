package org.yuzui.kernel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class YamlDocumentTest {

    private static YamlDocument yaml(String text) {
        return YamlDocument.parse(text.getBytes(StandardCharsets.UTF_8), "config/x.yaml");
    }

    @Test
    void keepsTypesAndLines() {
        YamlDocument doc = yaml("""
                # a comment
                web:
                  host: 127.0.0.1
                  port: 8088
                unit: "510000"
                list: [a, 2, true, 1.50, null]
                """);
        assertThat(doc.root().at("/web/port").isInt()).isTrue();
        assertThat(doc.root().at("/unit").isTextual()).isTrue();
        assertThat(doc.root().at("/list").toString()).isEqualTo("[\"a\",2,true,1.50,null]");
        assertThat(doc.place("/web/port")).isEqualTo("config/x.yaml:4");
        assertThat(doc.place("/web/nothing")).as("the nearest parent").isEqualTo("config/x.yaml:2");
    }

    @Test
    void anEmptyFileIsAnEmptyMapping() {
        assertThat(yaml("").root().isObject()).isTrue();
        assertThat(yaml("# only words\n").root().isObject()).isTrue();
    }

    @Test
    void namesTheLineOfWhatIsNotYaml() {
        assertThatThrownBy(() -> yaml("a: 1\nb: [1, 2\nc: 3\n"))
                .isInstanceOf(ProblemException.class).hasMessageContaining("config/x.yaml:3");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThatThrownBy(() -> yaml("a: 1\nb: 2\na: 3\n")).hasMessageContaining("config/x.yaml:3").hasMessageContaining("'a'");
    }

    @Test
    void refusesWhatIsNoTreeOfTextKeys() {
        assertThatThrownBy(() -> yaml("x: 1\n[a]: 1\n")).isInstanceOf(ProblemException.class)
                .hasMessageContaining("config/x.yaml:2");
        assertThatThrownBy(() -> yaml("a: &a [*a]\n")).isInstanceOf(ProblemException.class)
                .hasMessageContaining("config/x.yaml:1");
    }

    @Test
    void aPasswordThatIsReadAsAnAliasIsNotRepeated() {
        assertThatThrownBy(() -> yaml("password: *geheim\n")).hasMessageContaining("begins with '*'")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] gbk = {'a', ':', ' ', (byte) 0xB2, (byte) 0xE2};
        assertThatThrownBy(() -> YamlDocument.parse(gbk, "x.yaml")).hasMessageContaining("UTF-8");
    }

    @Test
    void saysWhyAFileCanNotBeRead(@TempDir Path folder) {
        assertThatThrownBy(() -> YamlDocument.read(folder.resolve("x.yaml"), "x.yaml"))
                .hasMessageStartingWith("x.yaml: There is no such file. Check");
        assertThatThrownBy(() -> YamlDocument.read(folder, "x.yaml")).hasMessageContaining("Is a directory. Check");
    }

    @Test
    void anUnknownKeyNamesTheNearest() {
        assertThatThrownBy(() -> yaml("web:\n  prot: 1\n").requireKnownKeys("/web", List.of("host", "port")))
                .hasMessage("config/x.yaml:2 web.prot: The key 'prot' is not known. Did you mean 'port'?");
    }

    @Test
    void anExplodingAliasIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [*a").append(i - 1).append(", *a").append(i - 1)
                    .append("]\n");
        }
        assertThatThrownBy(() -> yaml(bomb.toString())).isInstanceOf(ProblemException.class);
    }
}
