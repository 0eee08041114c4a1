package org.yuzui.web;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuzui.kernel.PluginState;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Title;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.records.ReplayRequest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.web.Patience.await;

/** Live events, over real connections. */
class EventsTest {

    private final List<Socket> sockets = new ArrayList<>();
    private FakeHub hub;

    @BeforeEach
    void start() {
        hub = new FakeHub();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        hub.close();
    }

    @Test
    void aListenerHearsOfPluginsAndRecords() throws IOException {
        BufferedReader in = listen();

        assertThat(next(in)).startsWith("event: hello|data: {\"at\":\"2026-11-23T09:00:00+08:00\",\"total\":0}");
        hub.plugins.is(new PluginStatus("his", "0.1.0", new Title("医院", "Hospital"), PluginState.STOPPED, null, FakeHub.NOON,
                "his-0.1.0.jar"));
        assertThat(next(in)).startsWith("event: plugin|data: {\"id\":\"his\"").contains("\"state\":\"STOPPED\"", "医院");
        hub.plugins.happens(7);
        assertThat(next(in)).startsWith("event: plugin-event|data: {\"number\":7").contains("\"outcome\":\"DONE\"", "\"took\":\"PT0.31S\"", "\"plan\":null");
        hub.ledger.changed(List.of(FakeHub.STORED, FakeHub.OLDER));
        assertThat(next(in)).startsWith("event: records|data: {").contains("\"changed\":2,\"total\":2}");
    }

    @Test
    void whoComesLaterIsToldHowMuchHasChanged() throws IOException {
        BufferedReader first = listen();
        next(first);
        hub.ledger.changed(List.of(FakeHub.STORED, FakeHub.OLDER));
        assertThat(next(first)).contains("\"total\":2}");
        hub.ledger.changed(List.of(FakeHub.STORED));
        assertThat(next(first)).contains("\"changed\":1,\"total\":3}");

        assertThat(next(listen())).startsWith("event: hello").contains("\"total\":3}");
    }

    @Test
    void aListenerHearsThatTheMapMovedAndOfLogs() throws IOException {
        BufferedReader in = listen();
        next(in);

        hub.log.listeners.forEach(l -> l.accept(Map.of("his", 151L)));
        assertThat(next(in)).contains("event: log|data: {", "\"plugins\":{\"his\":151}");
        hub.ledger.changed(List.of(FakeHub.STORED));
        assertThat(any(in)).startsWith("event: records");
        assertThat(any(in)).startsWith("event: map|data: {\"at\"");
    }

    @Test
    void aSearchInTheContentsIsFollowed() throws IOException {
        BufferedReader in = listen();
        next(in);
        long id = hub.contentSearches.ask(FlowFilter.ALL, "内科", "admin").id();

        hub.contentSearches.start(id);

        assertThat(next(in)).isEqualTo("event: content-search|data: {\"id\":1,\"state\":\"RUNNING\",\"looked\":4,\"of\":10,\"found\":1}");
    }

    @Test
    void aReplayIsFollowed() throws IOException {
        BufferedReader in = listen();
        next(in);
        long id = hub.replays.start(ReplayRequest.sendOn(FlowFilter.ALL, null), "admin").id();

        hub.replays.stop(id);

        assertThat(next(in)).startsWith("event: replay|data: {\"id\":1,").contains("\"state\":\"STOPPED\"", "\"total\":6");
    }

    @Test
    void manyChangesAreAddedUp() throws IOException {
        BufferedReader in = listen();
        next(in);

        for (int i = 0; i < 10_000; i++) {
            hub.ledger.changed(List.of(UUID.randomUUID()));
        }

        int events = 0;
        for (int sum = 0; sum < 10_000; events++) {
            String event = next(in);
            sum += Integer.parseInt(event.replaceAll(".*\"changed\":(\\d+).*", "$1"));
        }
        assertThat(events).isLessThan(100);
    }

    @Test
    void moreListenersThanThreadsAreServed() throws IOException {
        List<BufferedReader> readers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            BufferedReader in = listen();
            next(in);
            readers.add(in);
        }

        assertThat(hub.get("/api/v1/hub").statusCode()).isEqualTo(200);
        hub.ledger.changed(Collections.singletonList(FakeHub.STORED));

        for (BufferedReader in : readers) {
            assertThat(next(in)).startsWith("event: records");
        }
    }

    @Test
    void whoDoesNotReadIsDroppedAndKeepsNobodyWaiting() throws IOException {
        BufferedReader deaf = listen();
        BufferedReader good = listen();
        next(good);
        String large = "x".repeat(64 * 1024);

        for (int i = 0; i < 600; i++) {
            hub.plugins.is(new PluginStatus("his", "0.1." + i, new Title(large, large), PluginState.RUNNING, null,
                    FakeHub.NOON, "his.jar"));
            assertThat(next(good)).contains("\"version\":\"0.1." + i + "\"");
        }

        // what lay in the socket's buffers can still be read, then the stream ends
        List<String> heard = new ArrayList<>();
        for (String event = next(deaf); event != null && heard.size() < 600; event = next(deaf)) {
            heard.add(event.substring(0, Math.min(20, event.length())));
        }
        assertThat(heard).hasSizeLessThan(600);
    }

    @Test
    void aFullHouseIsSaid() throws IOException {
        for (int i = 0; i < 100; i++) {
            next(listen());
        }

        assertThat(hub.get("/api/v1/events").statusCode()).isEqualTo(503);

        sockets.get(0).close();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            hub.ledger.changed(List.of(FakeHub.STORED)); // a gone listener is noticed when something is sent
            assertThat(next(listen())).startsWith("event: hello");
        });
    }

    @Test
    void stoppingEndsTheStreamsAndTheListening() throws IOException {
        BufferedReader in = listen();
        next(in);

        hub.close();

        assertThat(next(in)).isNull();
        assertThat(hub.plugins.listeners()).isZero();
        assertThat(hub.ledger.listeners()).isZero();
        assertThat(hub.replays.listeners).isEmpty();
    }

    private BufferedReader listen() throws IOException {
        Socket socket = new Socket("127.0.0.1", hub.port());
        sockets.add(socket);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + FakeHub.TOKEN + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(in.readLine()).contains(" 200 ");
        while (!in.readLine().isEmpty()) {
            // headers
        }
        return in;
    }

    /** The next event, its lines joined by {@code |}; null at the end. That the map moved comes at any time and is left out. */
    private static String next(BufferedReader in) throws IOException {
        String event = any(in);
        return event != null && event.startsWith("event: map") ? next(in) : event;
    }

    private static String any(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty() && !lines.isEmpty()) {
                return String.join("|", lines);
            }
            if (line.startsWith("event:") || line.startsWith("data:")) {
                lines.add(line);
            }
        }
        return null;
    }
}
