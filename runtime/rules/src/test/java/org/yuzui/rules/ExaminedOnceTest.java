package org.yuzui.rules;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.GivenPlugin;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was found in a file is remembered over restarts, and never believed of another file. */
class ExaminedOnceTest {

    private static final String GOOD = Resource.text("rules/vehicle-use.dmn");
    private static final String WITH_A_GAP = GOOD.replaceFirst("(?m)^ *<rule id=\"r3\">.*\\R", "");

    @TempDir
    private Path home;
    private Path memory;

    @BeforeEach
    void place() {
        memory = home.resolve("cache/rules");
    }

    private Rule deployed(String dmn) {
        Rules rules = new Rules(Clock.systemUTC(), memory);
        rules.deploy(GivenPlugin.of("fleet", "rules/vehicle-use.dmn", dmn)).start();
        return rules.find("fleet/vehicle-use").orElseThrow();
    }

    private List<Path> remembered() throws Exception {
        try (Stream<Path> files = Files.list(memory)) {
            return files.toList();
        }
    }

    @Test
    void theNextStartTellsTheSame() throws Exception {
        Rule first = deployed(WITH_A_GAP);
        assertThat(first.findings()).extracting(Problem::code).containsExactly("table-gap");
        assertThat(remembered()).hasSize(1);

        Rule next = deployed(WITH_A_GAP);

        assertThat(next.findings()).isEqualTo(first.findings());
        assertThat(next.model().findings()).isEqualTo(first.model().findings());
        assertThat(remembered()).hasSize(1);
    }

    @Test
    void whatIsRememberedIsWhatIsTold() throws Exception {
        deployed(WITH_A_GAP);
        Path entry = remembered().get(0);
        Files.writeString(entry, Files.readString(entry).replace("table-gap", "table-gap-of-old"));

        assertThat(deployed(WITH_A_GAP).findings()).extracting(Problem::code).containsExactly("table-gap-of-old");
    }

    @Test
    void anotherFileIsExaminedOnItsOwn() throws Exception {
        deployed(WITH_A_GAP);

        assertThat(deployed(GOOD).findings()).isEmpty();
        assertThat(remembered()).hasSize(2);
    }

    @Test
    void aRefusedFileIsRefusedAgain() {
        String overlapping = GOOD.replace("<inputEntry id=\"r3a\"><text>false", "<inputEntry id=\"r3a\"><text>-");

        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> deployed(overlapping)).isInstanceOf(PluginException.class)
                    .extracting(e -> ((PluginException) e).problem().code()).isEqualTo("table-overlap");
        }
        assertThat(memory).satisfiesAnyOf(m -> assertThat(m).doesNotExist(), m -> assertThat(m).isEmptyDirectory());
    }

    @Test
    void damageIsPassedOver() throws Exception {
        for (String damage : new String[] {"", "{", "[]", "{}", "null", "{\"remarks\": null, \"located\": []}"}) {
            deployed(WITH_A_GAP);
            Files.writeString(remembered().get(0), damage);

            assertThat(deployed(WITH_A_GAP).findings()).as(damage).extracting(Problem::code).containsExactly("table-gap");
            assertThat(Files.readString(remembered().get(0))).contains("table-gap");
        }
    }

    @Test
    void aFolderThatCannotBeHindersNobody() throws Exception {
        Files.createDirectories(memory.getParent());
        Files.writeString(memory, "a file where the folder should be");

        assertThat(deployed(WITH_A_GAP).findings()).extracting(Problem::code).containsExactly("table-gap");
    }
}
