package org.yuzui.testkit.cases;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CaseFileTest {

    @TempDir
    Path examples;

    private void file(String path, String text) throws IOException {
        Path file = examples.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void wrong(String code, String placeBegins) {
        assertThatThrownBy(() -> CaseFile.readAll(examples)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(code);
            assertThat(e.problem().place()).startsWith(placeBegins);
        });
    }

    @Test
    void everythingThatACaseCanSay() throws IOException {
        file("whole/case.yaml", """
                title: {zh: 全, en: Whole}
                door: tcp
                to: listen.port
                settings: {unit: 510104-H01}
                answer: [A, B]
                contract: a.b.v1
                match: contains
                reason: [bad-line]
                repeat: 2
                schedule: nightly
                day: 2026-03-02
                patience: 30s
                """);
        file("whole/given-2.txt", "2");
        file("whole/given-10.txt", "10");
        file("whole/given-1.txt", "1");
        file("whole/expect.json", "[{\"k\": 1}, {\"k\": 2}]");
        file("whole/expect.a.c.v2.json", "{\"k\": 3}");
        file("whole/expect/out/x.txt", "x");
        file("contracts/not-a-case.schema.json", "{}");
        CaseFile c = CaseFile.readAll(examples).get(0);
        assertThat(CaseFile.readAll(examples)).hasSize(1);
        assertThat(c.title().en()).isEqualTo("Whole");
        assertThat(c.door()).isEqualTo(Door.Kind.TCP);
        assertThat(c.given()).extracting(g -> g.getFileName().toString()).containsExactly("given-1.txt", "given-2.txt", "given-10.txt");
        assertThat(c.expected().get("a.b.v1")).hasSize(2);
        assertThat(c.expected().get("a.c.v2")).hasSize(1);
        assertThat(c.files()).containsOnlyKeys("out/x.txt");
        assertThat(c.answers()).isEqualTo(List.of("A", "B"));
        assertThat(c.reasons()).containsExactly("bad-line");
        assertThat(c.contains()).isTrue();
        assertThat(c.repeat()).isEqualTo(2);
        assertThat(c.day()).isEqualTo(LocalDate.of(2026, 3, 2));
        assertThat(c.alone()).as("a run of a schedule sees what other cases have stored").isTrue();
        assertThat(c.patience()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aSlipOfThePenIsNamedWithItsLine() throws IOException {
        file("a/given.json", "{}");
        file("a/expect.json", "{}");
        file("a/case.yaml", "title: A\ncontrakt: a.b.v1\n");
        wrong("unknown-key", "examples/a/case.yaml:2");
        file("a/case.yaml", "contract: a.b.v1\ndoor: window\n");
        wrong("unknown-value", "examples/a/case.yaml:2");
        file("a/case.yaml", "contract: a.b.v1\nday: yesterday\n");
        wrong("bad-value", "examples/a/case.yaml:2");
        file("a/case.yaml", "title: A\n");
        wrong("missing-key", "examples/a/case.yaml");
        file("a/case.yaml", "contract: a.b.v1\n");
        file("a/expect.json", "{\n\"k\": }");
        wrong("bad-json", "examples/a/expect.json:2");
    }

    @Test
    void aCaseGivesSomethingAndExpectsSomething() throws IOException {
        file("a/case.yaml", "title: A\n");
        file("a/given.json", "{}");
        wrong("nothing-expected", "examples/a/case.yaml");
        Files.delete(examples.resolve("a/given.json"));
        file("a/case.yaml", "reason: x\n");
        wrong("nothing-given", "examples/a/case.yaml");
        file("a/given-1.json", "{}");
        file("a/given-1.txt", "{}");
        wrong("two-given", "examples/a/case.yaml");
    }
}
