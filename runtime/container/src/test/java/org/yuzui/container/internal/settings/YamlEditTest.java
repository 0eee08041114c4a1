package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A settings file before and after a change, as a person would have made it. */
class YamlEditTest {

    private static final String HIS = """
            # Settings of the demonstration site.

            listen:
              # Only this machine.
              host: 127.0.0.1   # loopback
              port: 2575

            # When a message doesn't say so.
            charset: 'UTF-8'

            facilities:
              H1: {unit: 510104-H01, beds: 1200}   # 锦江
              H2: {unit: 510105-H01}   # 青羊
            # the end
            """;

    @Test
    void onlyTheCharactersOfAValueChange() {
        assertThat(merge(HIS, "{\"listen\": {\"port\": 2576}, \"charset\": \"GB18030\"}"))
                .isEqualTo(HIS.replace("2575", "2576").replace("'UTF-8'", "'GB18030'"));
    }

    @Test
    void whatIsSaidAlreadyChangesNothing() {
        assertThat(merge(HIS, "{\"listen\": {\"port\": 2575}, \"charset\": \"UTF-8\", \"nothing\": null}")).isEqualTo(HIS);
    }

    @Test
    void aNewKeyComesLastInItsMapping() {
        assertThat(merge(HIS, "{\"listen\": {\"tls\": true}, \"facilities\": {\"H1\": {\"charset\": \"GBK\"}, \"H3\": {\"unit\": \"x\"}}}"))
                .isEqualTo(HIS.replace("port: 2575\n", "port: 2575\n  tls: true\n")
                        .replace("beds: 1200}", "beds: 1200, charset: GBK}")
                        .replace("# 青羊\n", "# 青羊\n  H3:\n    unit: x\n"));
    }

    @Test
    void aKeyGoesWithItsLinesAndItsOwnComment() {
        assertThat(merge(HIS, "{\"charset\": null, \"listen\": {\"host\": null}, \"facilities\": {\"H1\": {\"beds\": null}}}"))
                .isEqualTo("""
                        # Settings of the demonstration site.

                        listen:
                          port: 2575

                        facilities:
                          H1: {unit: 510104-H01}   # 锦江
                          H2: {unit: 510105-H01}   # 青羊
                        # the end
                        """);
    }

    @Test
    void theLastKeyLeavesAnEmptyMapping() {
        assertThat(merge("a: # why\n  b: 1\nc: 2\n", "{\"a\": {\"b\": null}}")).isEqualTo("a: {} # why\nc: 2\n");
        assertThat(merge("a: 1\n", "{\"a\": null}")).isEmpty();
    }

    @Test
    void listsKeepTheLinesOfWhatStays() {
        String list = "ids:\n- P  # production\n# teaching\n- T\n- D  # debugging\nrest: 1\n";

        assertThat(merge(list, "{\"ids\": [\"P\", \"D\"]}")).isEqualTo("ids:\n- P  # production\n- D  # debugging\nrest: 1\n");
        assertThat(merge(list, "{\"ids\": [\"P\", \"T\", \"D\", \"X\"]}"))
                .isEqualTo(list.replace("- D  # debugging\n", "- D  # debugging\n- X\n"));
        assertThat(merge("ids: [P, T] # both\n", "{\"ids\": [\"P\"]}")).isEqualTo("ids: [P] # both\n");
    }

    @Test
    void bracesOverSeveralLines() {
        String braces = "listen: {\n  host: a,  # where\n  port: 1  # which\n}\n";

        assertThat(merge(braces, "{\"listen\": {\"tls\": true}}"))
                .isEqualTo("listen: {\n  host: a,  # where\n  port: 1,  # which\n  tls: true\n}\n");
        assertThat(merge(braces, "{\"listen\": {\"host\": null}}")).isEqualTo("listen: {\n  port: 1  # which\n}\n");
    }

    @Test
    void lineEndsStayWhatTheyAre() {
        assertThat(merge("a: 1\r\nb:\r\n  c: 2\r\n", "{\"a\": 2, \"b\": {\"d\": {\"e\": 3}}}"))
                .isEqualTo("a: 2\r\nb:\r\n  c: 2\r\n  d:\r\n    e: 3\r\n");
        assertThat(merge("a: 1", "{\"b\": 2}")).isEqualTo("a: 1\nb: 2");
    }

    @Test
    void emptyFilesAndThoseWithCommentsOnly() {
        assertThat(merge("", "{\"a\": {\"b\": 1}}")).isEqualTo("a:\n  b: 1\n");
        assertThat(merge("# mine\n", "{\"a\": 1}")).isEqualTo("# mine\na: 1\n");
        assertThat(merge("# mine", "{\"a\": 1}")).isEqualTo("# mine\na: 1\n");
        assertThat(merge("a: # later\n", "{\"a\": {\"b\": 1}}")).isEqualTo("a: # later\n  b: 1\n");
        assertThat(merge("{}\n", "{\"a\": 1}")).isEqualTo("{a: 1}\n");
    }

    @Test
    void longTextsInLines() {
        assertThat(merge("key: |  # pem\n  -----BEGIN\n  abc\n\nrest: 1\n", "{\"key\": \"short\"}"))
                .isEqualTo("key: short  # pem\n\nrest: 1\n");
        assertThat(merge("key: |\n  abc\n", "{\"other\": \"a\\nb\"}")).isEqualTo("key: |\n  abc\nother: \"a\\nb\"\n");
    }

    @Test
    void anAliasThatTheChangeMeetsIsWrittenOut() {
        String aliases = "base: &b {host: a, port: 1}\nfirst: *b  # as base\nsecond: *b\nword: &w x\nsame: *w\n";

        assertThat(merge(aliases, "{\"first\": {\"port\": 2}}"))
                .isEqualTo(aliases.replace("first: *b", "first: {host: a, port: 2}"));
        assertThat(YamlDocument.parse(merge(aliases, "{\"base\": {\"port\": 2}, \"word\": \"y\"}").getBytes(UTF_8), "x").root())
                .hasToString("{\"base\":{\"host\":\"a\",\"port\":2},\"first\":{\"host\":\"a\",\"port\":1},"
                        + "\"second\":{\"host\":\"a\",\"port\":1},\"word\":\"y\",\"same\":\"x\"}");
        assertThat(merge("a: &x 1\nb: *x\n", "{\"a\": null}")).isEqualTo("b: 1\n");
    }

    @Test
    void aKeyMovesWithItsComments() {
        YamlEdit edit = edit("# head\n\n# the door\nserver:\n  # which\n  prt: 1  # odd\n  host: a\nrest: {x: 1}\n");
        edit.move("/server", "/listen");
        edit.move("/listen/prt", "/listen/port");
        edit.move("/listen/host", "/web/host");
        edit.move("/rest/x", "/web/x");

        assertThat(edit.text()).isEqualTo("# head\n\n# the door\nlisten:\n  # which\n  port: 1  # odd\nrest: {}\nweb:\n  host: a\n  x: 1\n");
    }

    @Test
    void scalarsAreReplacedWhereverTheyAre() {
        YamlEdit edit = edit("a: geheim # c\nb: {k: 'geheim', l: [x, \"y\"]}\nc: >-  # folded\n  ge\n  heim\n\nd: 1\n");
        edit.setScalars(Map.of("/a", "${1}", "/b/k", "${2}", "/b/l/1", "${3}", "/c", "${4}"));

        assertThat(edit.text()).isEqualTo("a: \"${1}\" # c\nb: {k: \"${2}\", l: [x, \"${3}\"]}\nc: \"${4}\"  # folded\n\nd: 1\n");
    }

    @Test
    void whatIsTooArtfulIsRefusedWithItsKeyAndNothingIsSpoilt() {
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> merge("a: 1\n...\n", "{\"b\": {\"" + "k".repeat(1100) + "\": 1}}"));

        assertThat(refused.problem().code()).isEqualTo("settings-not-editable");
        assertThat(refused.problem().place()).startsWith("config/plugins/his.yaml").endsWith("b");
    }

    @Test
    void filesThatAreNoSettingsAreRefused() {
        assertThat(refusal("a: 1\na: 2\n".getBytes(UTF_8))).isEqualTo("duplicate-key");
        assertThat(refusal("a:\n\tb: 1\n".getBytes(UTF_8))).isEqualTo("bad-yaml");
        assertThat(refusal("a: 机构".getBytes(Charset.forName("GB18030")))).isEqualTo("not-utf-8");
        assertThat(refusal("- a\n".getBytes(UTF_8))).isEqualTo("wrong-type");
        assertThat(refusal("[a]: 1\n".getBytes(UTF_8))).isEqualTo("bad-yaml");
        assertThat(refusal("a: &a [*a]\n".getBytes(UTF_8))).isEqualTo("bad-yaml");
        assertThat(refusal(("a: " + "x".repeat(4_000_000)).getBytes(UTF_8))).isEqualTo("bad-yaml");
        assertThat(refusal("a: 1\n---\nb: 1\n".getBytes(UTF_8))).isEqualTo("bad-yaml");
    }

    private static String refusal(byte[] bytes) {
        return catchThrowableOfType(ProblemException.class,
                () -> new YamlEdit(new SettingsFile("config/plugins/his.yaml", bytes))).problem().code();
    }

    private static YamlEdit edit(String text) {
        return new YamlEdit(new SettingsFile("config/plugins/his.yaml", text.getBytes(UTF_8)));
    }

    private static String merge(String text, String patch) {
        try {
            YamlEdit edit = edit(text);
            edit.merge((ObjectNode) new ObjectMapper().readTree(patch));
            return edit.text();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
