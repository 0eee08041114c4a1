package org.yuzui.door;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** When a line is closed of which the caller was turned away. */
class GateTest {

    private final EmbeddedChannel line = new EmbeddedChannel(new Gate(head -> null, call -> Answer.of(200, "text/plain", new byte[0]), 100));

    private void turnedAway() {
        line.freezeTime();
        HttpRequest large = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/x");
        large.headers().set(HttpHeaderNames.CONTENT_LENGTH, 1_000_000);
        line.writeInbound(large);
        FullHttpResponse answer = line.readOutbound();
        assertThat(answer.status().code()).isEqualTo(413);
        answer.release();
    }

    private void pass(long millis) {
        line.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        line.runScheduledPendingTasks();
    }

    @Test
    void whoSendsNothingMoreHasAMomentToReadTheAnswer() {
        turnedAway();
        pass(1_900);
        assertThat(line.isOpen()).isTrue();
        pass(200);
        assertThat(line.isOpen()).isFalse();
    }

    @Test
    void whoStillSendsOverASlowLineIsNotCutOff() {
        turnedAway();
        for (int second = 0; second < 20; second++) {
            line.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[1000])));
            pass(1_000);
            assertThat(line.isOpen()).as("after %s s", second + 1).isTrue();
        }
        pass(4_000);
        assertThat(line.isOpen()).isFalse();
    }

    @Test
    void whoNeverEndsIsCutOffAtLast() {
        turnedAway();
        int seconds = 0;
        for (; line.isOpen() && seconds < 1_000; seconds++) {
            line.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[1000])));
            pass(1_000);
        }
        assertThat(seconds).isBetween(100, 121);
    }
}
