package org.yuzui.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.broker.Sample.COPY;
import static org.yuzui.broker.Sample.browse;
import static org.yuzui.broker.Sample.bytes;
import static org.yuzui.broker.Sample.trail;
import static org.yuzui.broker.Sample.visit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.broker.Publisher.Outcome;

/** Nothing acknowledged is lost and nothing is there twice when the process is killed in the middle of a stream. */
@Timeout(300)
class KillTest {

    @TempDir
    Path data;

    @Test
    void everyAcknowledgedMessageIsThereOnceAfterKills() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            acknowledged.addAll(publishAndKill(round, 400 + 150 * round));
        }

        try (Broker broker = Sample.open(data); Publisher publisher = broker.publisher()) {
            List<String> found = browse(broker, COPY);
            assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged);
            assertThat(trail(broker)).as("a message and its trail are both there or both not")
                    .containsExactlyInAnyOrderElementsOf(found.stream().map(id -> "hop " + id).toList());
            String last = acknowledged.get(acknowledged.size() - 1);
            assertThat(publisher.publish(List.of(visit(null, last, last)), bytes("again"))).isEqualTo(Outcome.DUPLICATE);
        }
    }

    private List<String> publishAndKill(int round, int enough) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djdk.serialFilter=!*", "-cp",
                System.getProperty("java.class.path"), KilledPublisher.class.getName(), data.toString(), "round" + round)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = out.readLine()) != null) {
                if (line.startsWith("ack ")) {
                    acknowledged.add(line.substring(4));
                }
                if (acknowledged.size() == enough) {
                    // By its handle, which leaves the stream open: what was printed before the kill is acknowledged too.
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough);
        return acknowledged;
    }
}
