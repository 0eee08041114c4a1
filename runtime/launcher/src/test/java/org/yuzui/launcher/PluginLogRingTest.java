package org.yuzui.launcher;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.web.PluginLog;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whose a line is, and what of it is kept. */
class PluginLogRingTest {

    private static final Logger HUB = LoggerFactory.getLogger("org.yuzui.test.Hub");
    private PluginLogRing ring;

    @BeforeEach
    void open() {
        ring = PluginLogRing.open();
        ring.know("his");
        ring.know("official-cars");
    }

    @AfterEach
    void close() {
        ring.close();
        MDC.clear();
    }

    private List<PluginLog.Line> lines(String plugin) {
        return ring.find(new PluginLog.Query(plugin, PluginLog.Level.TRACE, null, null, null, 500));
    }

    @Test
    void aLineOfTheHubIsThePluginsThatItNames() {
        HUB.warn("Subscription {} could not take {}", "his/daily", "x");
        HUB.warn("Plugin {}: {}", "official-cars", "RUNNING");
        HUB.warn("Something else about {}", "nobody");

        assertThat(lines("his")).singleElement().satisfies(l -> {
            assertThat(l.message()).isEqualTo("Subscription his/daily could not take x");
            assertThat(l.level()).isEqualTo(PluginLog.Level.WARN);
        });
        assertThat(lines("official-cars")).hasSize(1);
        assertThat(lines("nobody")).isEmpty();
    }

    @Test
    void aRouteAThreadOrAPackageTellsWhoseALineIs() throws InterruptedException {
        MDC.put("plugin", "his");
        MDC.put("route", "receive");
        LoggerFactory.getLogger("com.example.Codec").warn("in a route");
        MDC.clear();
        Thread camels = new Thread(() -> LoggerFactory.getLogger("com.example.Codec").warn("on a thread"),
                "Camel (official-cars) thread #1 - JmsConsumer");
        camels.start();
        camels.join();
        LoggerFactory.getLogger("org.yuzui.plugin.officialcars.Reader").warn("in a package");
        LoggerFactory.getLogger("com.example.Codec").warn("anywhere, of his");

        assertThat(lines("his")).singleElement().satisfies(l -> assertThat(l.route()).isEqualTo("receive"));
        assertThat(lines("official-cars")).extracting(PluginLog.Line::message).containsExactly("in a package", "on a thread");
    }

    @ParameterizedTest
    @CsvSource({"card 510104199001011234 is bad,card 510*** is bad", "card 51010419900101123X,card 510***", "call 13812345678,call 138***",
            "at 1763784000125 ms,at 1763784000125 ms", "flow 018f13812345678a,flow 018f13812345678a", "order 12812345678,order 12812345678"})
    void numbersOfPersonsAreHidden(String said, String kept) {
        HUB.warn("{} " + said, "his");
        assertThat(lines("his")).extracting(PluginLog.Line::message).containsExactly("his " + kept);
    }

    @Test
    void ofAnErrorItsPlaceIsKeptAndNoMessageButTheHubs() {
        HUB.warn("{} fails", "his", new IllegalStateException("for 王小明", new IOException("name 王小明")));
        HUB.warn("{} fails", "his", new ProblemException(Problem.of("bad", "The port is taken.")));

        assertThat(lines("his")).extracting(PluginLog.Line::error).allSatisfy(e -> assertThat(e).doesNotContain("王小明"));
        assertThat(lines("his").get(1).error()).startsWith("java.lang.IllegalStateException at " + getClass().getName())
                .contains(", caused by java.io.IOException at ");
        assertThat(lines("his").get(0).error()).contains("The port is taken.");
    }

    @Test
    void theLastOnesAreKeptAndFoundByLevelTextAndNumber() {
        for (int i = 1; i <= PluginLogRing.LINES + 10; i++) {
            HUB.warn("{} line {}", "his", i);
        }
        HUB.error("{} broke", "his");

        List<PluginLog.Line> newest = ring.find(new PluginLog.Query("his", PluginLog.Level.WARN, "LINE", null, null, 2));
        assertThat(newest).extracting(PluginLog.Line::message).containsExactly("his line 2010", "his line 2009");
        assertThat(ring.find(new PluginLog.Query("his", PluginLog.Level.ERROR, null, null, null, 5))).hasSize(1);
        assertThat(ring.find(new PluginLog.Query("his", PluginLog.Level.WARN, null, newest.get(1).number(), null, 1)).get(0).message())
                .isEqualTo("his line 2008");
        assertThat(ring.find(new PluginLog.Query("his", PluginLog.Level.WARN, null, null, newest.get(1).number(), 500))).hasSize(2);
        assertThat(lines("his").size()).isEqualTo(500);
    }

    @Test
    void listenersHearTheNewestNumbers() {
        List<Map<String, Long>> told = new CopyOnWriteArrayList<>();
        ring.listen(told::add);
        for (int i = 0; i < 300; i++) {
            HUB.warn("{} says something", "his");
        }

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(told).last().isEqualTo(Map.of("his", lines("his").get(0).number())));
        assertThat(told).as("told together").hasSizeLessThan(100);
    }
}
