package org.yuzui.plugin.his;

import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.testkit.GivenFile;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.yuzui.plugin.his.Patience.await;

/** The route receive-files on a real folder: what becomes of a file and of its messages, and what is answered. */
class BatchFilesTest extends CamelTestSupport {

    @TempDir
    private static Path inbox;

    private final FakeHub hub = new FakeHub();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        testConfiguration().withUseRouteBuilder(false);
        return PluginFixture.context(hub, PluginFixture.settings("""
                inbox: %s
                interval: 50
                settle: 1
                maxMessageBytes: 100000
                facilities: {SCSY: {unit: 510104-H01}}
                """.formatted(inbox)), "receive-files");
    }

    @BeforeEach
    void start() {
        context.start();
    }

    @Test
    void aBatchIsDoneWhenItsRecordsAreDurableAndTheSameFileAgainMakesNone() throws Exception {
        String file = "FHS|^~\\&|HIS|SCSY|HUB|JGSWJ|20260302||||F77\rBHS|^~\\&|HIS|SCSY|HUB|JGSWJ|20260302||||B1\r"
                + Messages.adt("A01", "C1", "V1") + Messages.oru("L1") + "BTS|2\rBHS|^~\\&|HIS|SCSY|||||||B2\r"
                + Messages.adt("A04", "C2", "V2") + "BTS|1\rFTS|2\r";
        give("day.hl7", file.getBytes(StandardCharsets.UTF_8));
        await().until(() -> Files.exists(inbox.resolve(".done/day.hl7")));

        assertThat(hub.records("his.visit.v1")).hasSize(2);
        assertThat(hub.records("his.result.v1")).hasSize(2);
        assertThat(hub.published.get(0).source()).isEqualTo("file day.hl7 HIS@SCSY");
        assertThat(hub.published.get(0).sourceId()).isEqualTo("C1");
        String answers = answers(".done/day.hl7.ack");
        assertThat(answers).startsWith("FHS|^~\\&|HUB|JGSWJ|HIS|SCSY|").contains("|F77\rBHS|", "|B1\rMSH|", "MSA|AA|C1\r", "MSA|AA|L1\rBTS|2\rBHS|",
                "MSA|AA|C2\rBTS|1\rFTS|2\r").endsWith("FTS|2\r");

        give("day.hl7", file.getBytes(StandardCharsets.UTF_8));
        await().until(() -> Files.exists(inbox.resolve(".done/day.hl7.2")));
        assertThat(hub.published).hasSize(4);
        assertThat(answers(".done/day.hl7.2.ack").replaceAll("\\|\\d{14}\\||\\|Y[^|]*", "")).isEqualTo(answers.replaceAll("\\|\\d{14}\\||\\|Y[^|]*", ""));
    }

    @Test
    void aMessageThatIsRefusedIsKeptAndAnsweredAndHoldsUpNoOther() throws Exception {
        give("mixed.hl7", (Messages.adt("A01", "C1", "V1") + Messages.adt("A01", "C2", "V2", "NOBODY", "20260302083000")
                + Messages.adt("A01", "BIG", "V3") + "NTE|1||" + "x".repeat(200_000) + "\r" + Messages.adt("A01", "C3", "V3"))
                .getBytes(StandardCharsets.UTF_8));
        await().until(() -> Files.exists(inbox.resolve(".done/mixed.hl7")));

        assertThat(answers(".done/mixed.hl7.ack")).contains("MSA|AA|C1\r", "MSA|AE|C2|unknown-facility: ", "MSA|AE|BIG|too-large: ", "MSA|AA|C3\r");
        assertThat(hub.refused).extracting(FakeHub.Noted::code, FakeHub.Noted::sourceId)
                .containsExactly(tuple("unknown-facility", "C2"), tuple("too-large", "BIG"));
        assertThat(hub.published).hasSize(2);
    }

    @Test
    void gb18030WithoutMsh18IsRefusedMessageByMessageAndSoIsTheFileThatHoldsNothingElse() throws Exception {
        give("mangled.hl7", Messages.adt("A01", "C1", "V1").replace("|||AL|AL|CHN|UNICODE UTF-8", "").getBytes(Charset.forName("GB18030")));
        await().until(() -> Files.exists(inbox.resolve(".refused/mangled.hl7")));

        assertThat(answers(".refused/mangled.hl7.ack")).contains("MSA|AE|C1|charset: ");
        assertThat(hub.published).isEmpty();
    }

    @Test
    void aFileThatIsNotWholeLeavesNothingButItsReason() throws Exception {
        give("short.hl7", ("BHS|^~\\&|HIS|SCSY\r" + Messages.adt("A01", "C1", "V1") + "BTS|2\r").getBytes(StandardCharsets.UTF_8));
        give("photo.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, 0, 1, 2});
        await().until(() -> Files.exists(inbox.resolve(".refused/short.hl7")) && Files.exists(inbox.resolve(".refused/photo.jpg")));

        assertThat(answers(".refused/short.hl7.ack")).startsWith("MSA|AR||batch-count: BTS-1 says 2, but 1 messages");
        assertThat(hub.refused).extracting(FakeHub.Noted::code).containsExactlyInAnyOrder("batch-count", "not-hl7");
        assertThat(hub.refused).extracting(FakeHub.Noted::source).containsExactlyInAnyOrder("file short.hl7", "file photo.jpg");
        assertThat(hub.published).isEmpty();
    }

    @Test
    void whileNothingCanBeMadeDurableTheFileStays() throws Exception {
        hub.broken = true;
        give("later.hl7", (Messages.adt("A01", "C1", "V1") + Messages.adt("A01", "C2", "V2")).getBytes(StandardCharsets.UTF_8));
        await().until(() -> hub.tries > 2);
        assertThat(inbox.resolve("later.hl7")).exists();

        hub.broken = false;
        await().until(() -> Files.exists(inbox.resolve(".done/later.hl7")));
        assertThat(hub.published).hasSize(2);
        assertThat(answers(".done/later.hl7.ack")).contains("MSA|AA|C1\r", "MSA|AA|C2\r").doesNotContain("try-again");
    }

    private static String answers(String file) throws IOException {
        return Files.readString(inbox.resolve(file));
    }

    private static void give(String name, byte[] bytes) throws IOException {
        GivenFile.into(inbox, name, bytes);
    }
}
