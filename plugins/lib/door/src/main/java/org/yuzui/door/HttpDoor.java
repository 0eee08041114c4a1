package org.yuzui.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.FastThreadLocal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Serves calls over HTTP/1.1: few threads read, few workers answer, and whatever is more than the {@link Bounds} is turned away
 * at once, so that a caller knows that it has to send again. Closing it lets what is being answered come to its end.
 */
public final class HttpDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    private static final int STOP_SECONDS = 5;

    /**
     * Where a door is.
     *
     * @param name     of its threads, and of itself in the log
     * @param settings the plugin's
     * @param section  where host, port, certificate and key stand in them: {@code http}; with the last two it is HTTPS
     */
    public record Place(String name, InetSocketAddress address, Settings settings, String section) {
    }

    /**
     * How much there may be at a time.
     *
     * @param lines     a further one is closed at once; each may keep a body in memory
     * @param workers   calls that are being answered
     * @param waiting   calls that wait for a worker; a further one is answered {@link Desk#busy}
     * @param bodyBytes of one call; a longer one is answered {@link Desk#tooLarge}
     */
    public record Bounds(int lines, int workers, int waiting, int bodyBytes) {
    }

    private final Place place;
    private final Bounds bounds;
    private final Gatekeeper keeper;
    private final Desk desk;
    private final ThreadPoolExecutor workers;
    private LineServer lines;
    private volatile boolean closing;

    private HttpDoor(Place place, Bounds bounds, Gatekeeper keeper, Desk desk) {
        this.place = place;
        this.bounds = bounds;
        this.keeper = keeper;
        this.desk = desk;
        this.workers = new ThreadPoolExecutor(bounds.workers, bounds.workers, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(bounds.waiting), r -> {
            Thread thread = new Thread(r, place.name + "-worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Listens.
     *
     * @throws IOException              the address can't be listened on, or certificate or key can't be read
     * @throws IllegalArgumentException there is a certificate without a key, or a key without one
     */
    public static HttpDoor open(Place place, Bounds bounds, Gatekeeper keeper, Desk desk) throws IOException {
        try {
            SslContext tls = Tls.of(place.settings, place.section);
            HttpDoor door = new HttpDoor(place, bounds, keeper, desk);
            door.lines = LineServer.open(place.name, place.address, bounds.lines, p -> door.fill(p, tls), place.section);
            return door;
        } finally {
            FastThreadLocal.removeAll(); // the hub's thread must keep nothing of this plugin
        }
    }

    private void fill(ChannelPipeline pipeline, SslContext tls) {
        pipeline.addLast(Conversation.silence());
        if (tls != null) {
            pipeline.addLast(tls.newHandler(pipeline.channel().alloc()));
        }
        pipeline.addLast(new HttpServerCodec());
        pipeline.addLast(new FlowControlHandler()); // calls that came in one packet wait for each other too
        pipeline.addLast(new Gate(keeper, desk, bounds.bodyBytes));
        pipeline.addLast(new HttpObjectAggregator(bounds.bodyBytes) {
            @Override
            protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
                context.writeAndFlush(desk.tooLarge(bounds.bodyBytes).response(false)).addListener(Gate.FAREWELL);
            }
        });
        pipeline.addLast(new Conversation(this));
    }

    Desk desk() {
        return desk;
    }

    /** Calls that wait for a worker. */
    int waiting() {
        return workers.getQueue().size();
    }

    boolean isClosing() {
        return closing;
    }

    /** Answers later, from a worker; at once when the desk says so, or when too many wait. */
    void serve(Call call, Consumer<Answer> reply) {
        Answer atOnce = desk.atOnce(call);
        if (atOnce != null) {
            reply.accept(atOnce);
            return;
        }
        Turn turn = new Turn(call, reply);
        try {
            workers.execute(turn);
        } catch (RejectedExecutionException e) {
            desk.over(call);
            reply.accept(desk.busy());
        }
    }

    /** A call's turn at the desk. */
    private final class Turn implements Runnable {

        private final Call call;
        private final Consumer<Answer> reply;

        Turn(Call call, Consumer<Answer> reply) {
            this.call = call;
            this.reply = reply;
        }

        @Override
        public void run() {
            Answer answer = null;
            try {
                answer = desk.answer(call);
            } catch (Exception e) {
                LOG.warn("{}: {} can't be kept now: {}", place.name, call, e.toString());
            } finally {
                desk.over(call);
                reply.accept(answer != null ? answer : desk.tryAgain());
            }
        }
    }

    /** No call is read any more, those that wait are dropped, those that are being answered are waited for; then the lines end. */
    @Override
    public void close() {
        closing = true;
        lines.stopReading();
        List<Runnable> waiting = new ArrayList<>();
        workers.getQueue().drainTo(waiting); // not answered, so sent again
        waiting.forEach(turn -> desk.over(((Turn) turn).call));
        workers.shutdown();
        try {
            if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            lines.close();
        }
    }
}
