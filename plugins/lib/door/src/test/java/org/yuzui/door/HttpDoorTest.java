package org.yuzui.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yuzui.kernel.HeldPort;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A door with a desk that can be held up, called over plain sockets. */
@Timeout(300)
class HttpDoorTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private final List<Socket> callers = new ArrayList<>();
    private final HeldPort heldPort = new HeldPort();
    private final int port = heldPort.number();
    private HttpDoor door;

    @AfterEach
    void leave() throws IOException {
        held.countDown();
        for (Socket caller : callers) {
            caller.close();
        }
        if (door != null) {
            door.close();
        }
        heldPort.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .noneMatch(n -> n.startsWith("test-door") || n.startsWith("globalEventExecutor")));
    }

    @Test
    void callsThatCameInOnePacketAreAnsweredOneAfterTheOther() throws Exception {
        open(new HttpDoor.Bounds(10, 4, 4, 100));
        Socket caller = say(call("/1", "a") + call("/2", "b") + end("/3", "c"));
        assertThat(all(caller)).containsSubsequence("/1 a", "/2 b", "/3 c");
        assertThat(most).as("at a time").hasValue(1);
    }

    @Test
    void whoHasEndedItsSideStillReadsItsAnswer() throws Exception {
        open(new HttpDoor.Bounds(10, 1, 1, 100));
        Socket caller = say(call("/held", "a"));
        caller.shutdownOutput();
        held.countDown();
        assertThat(all(caller)).startsWith("HTTP/1.1 200").contains("/held a").containsIgnoringCase("x-content-type-options: nosniff");
    }

    @Test
    void moreThanMayWaitIsTurnedAwayWithAProblemAndATime() throws Exception {
        open(new HttpDoor.Bounds(10, 1, 1, 100));
        Socket first = say(end("/held", "a"));
        await().untilAsserted(() -> assertThat(atWork).hasValue(1));
        Socket second = say(end("/held", "b"));
        await().untilAsserted(() -> assertThat(door.waiting()).isEqualTo(1));
        assertThat(all(say(end("/held", "c")))).startsWith("HTTP/1.1 503").contains("\"code\":\"busy\"").contains("retry-after: 5").contains(Answer.PROBLEM);
        held.countDown();
        assertThat(all(first)).contains("/held a");
        assertThat(all(second)).contains("/held b");
        await().untilAsserted(() -> assertThat(over).as("each once").hasValue(3));
    }

    @Test
    void tooLongABodyIsAnsweredWhetherItsLengthIsSaidOrNot() throws Exception {
        open(new HttpDoor.Bounds(10, 1, 1, 100));
        assertThat(all(say(call("/x", "a".repeat(101))))).startsWith("HTTP/1.1 413").contains("\"code\":\"too-large\"");
        assertThat(all(say("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + "a".repeat(101))))
                .startsWith("HTTP/1.1 413").contains("\"code\":\"too-large\"");
        assertThat(over).hasValue(0);
    }

    @Test
    void whoSendsAllOfWhatIsTooLongStillReadsTheAnswer() throws Exception {
        open(new HttpDoor.Bounds(10, 1, 1, 100));
        String megabytes = "a".repeat(8 << 20); // more than lies between two sockets, so that the answer comes while it is being sent
        assertThat(all(say(call("/x", megabytes)))).startsWith("HTTP/1.1 413");
        assertThat(all(say(call("/closed", megabytes)))).startsWith("HTTP/1.1 404");
    }

    @Test
    void theGatekeeperAnswersBeforeTheBody() throws Exception {
        open(new HttpDoor.Bounds(10, 1, 1, 100));
        assertThat(all(say("POST /closed HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\n"))).startsWith("HTTP/1.1 404").contains("connection: close");
    }

    @Test
    void whatIsNoHttpAndWhatCantBeKeptIsAnswered() throws Exception {
        open(new HttpDoor.Bounds(10, 1, 1, 100));
        assertThat(all(say("\u0001\u0002 what\r\n\r\n"))).startsWith("HTTP/1.1 400").contains("\"code\":\"bad-request\"");
        assertThat(all(say(end("/broken", "a")))).startsWith("HTTP/1.1 503").contains("\"code\":\"try-again\"").contains("retry-after: 5");
        assertThat(over).hasValue(1);
    }

    @Test
    void theEndDropsWhoWaitsAndWaitsForWhoIsBeingAnswered() throws Exception {
        open(new HttpDoor.Bounds(10, 1, 4, 100));
        Socket first = say(call("/held", "a"));
        await().untilAsserted(() -> assertThat(atWork).hasValue(1));
        Socket second = say(call("/held", "b"));
        await().untilAsserted(() -> assertThat(door.waiting()).isEqualTo(1));
        Thread closing = new Thread(door::close);
        closing.start();
        await().untilAsserted(() -> assertThat(over).as("of who waited").hasValue(1));
        held.countDown();
        closing.join();
        assertThat(all(first)).contains("/held a").contains("connection: close");
        assertThat(all(second)).isEmpty();
    }

    @Test
    void anAddressThatIsTakenIsNamedWithItsSetting() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, HERE)) {
            assertThatThrownBy(() -> open(new HttpDoor.Bounds(1, 1, 1, 1))).isInstanceOf(BindException.class)
                    .hasMessageContaining(":" + taken.getLocalPort()).hasMessageContaining("http.port");
        }
    }

    @Test
    void aCertificateNeedsItsKey() {
        Settings settings = Settings.of(JsonNodeFactory.instance.objectNode()
                .set("http", JsonNodeFactory.instance.objectNode().put("certificate", "door.pem")));
        assertThatThrownBy(() -> HttpDoor.open(new HttpDoor.Place("test-door", new InetSocketAddress(HERE, port), settings, "http"),
                new HttpDoor.Bounds(1, 1, 1, 1), head -> null, this::answer)).hasMessageContaining("http.key");
    }

    private void open(HttpDoor.Bounds bounds) throws IOException {
        door = HttpDoor.open(new HttpDoor.Place("test-door", new InetSocketAddress(HERE, port), Settings.empty(), "http"), bounds,
                head -> head.path().equals("/closed") ? Answer.problem(404, "not-found", "Not found", "Nothing.") : null, new Desk() {
            @Override
            public Answer answer(Call call) throws Exception {
                return HttpDoorTest.this.answer(call);
            }

            @Override
            public void over(Call call) {
                over.incrementAndGet();
            }
        });
    }

    private Answer answer(Call call) throws Exception {
        most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        try {
            if (call.head().path().equals("/held")) {
                held.await();
            }
            if (call.head().path().equals("/broken")) {
                throw new IOException("broken");
            }
            return Answer.of(200, "text/plain", (call.head().path() + " " + new String(call.body(), StandardCharsets.UTF_8) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
        } finally {
            atWork.decrementAndGet();
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }

    private static String call(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String end(String path, String body) {
        return call(path, body).replace("Host: h", "Host: h\r\nConnection: close");
    }

    private Socket say(String text) throws IOException {
        Socket caller = new Socket(HERE, port);
        callers.add(caller);
        caller.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return caller;
    }

    /** What is answered until the line ends. */
    private static String all(Socket caller) throws IOException {
        return new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

}
