package org.yuzui.plugin.kindergarten.door;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.kindergarten.OpenApi;
import org.yuzui.spi.Settings;

import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Serves what {@code openapi.yaml} says. A call is answered 2xx only after what it brought is durable. */
final class DoorConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DoorConsumer.class);
    /** Each may keep a body in memory before it is known who calls. */
    private static final int CONNECTIONS = 100;
    private static final int THREADS = 4;
    private static final int WAITING = 64;
    /** Of one platform, so that it can't keep the others waiting. */
    private static final int MOST_OF_ONE = 8;
    private static final int SILENCE_SECONDS = 30;
    private static final int STOP_SECONDS = 5;
    private static final int LATER_SECONDS = 5;

    private final DoorEndpoint endpoint;
    private final Settings settings;
    private final Map<String, Platform> platforms;
    private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
    private final Reception reception;
    private final OpenApi openApi = OpenApi.read();
    private Server server;
    private ThreadPoolExecutor threads;

    DoorConsumer(DoorEndpoint endpoint, Processor processor, Settings settings) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.settings = settings;
        this.platforms = Platform.all(settings);
        this.reception = new Reception(this, ZoneId.of(settings.text("zone", "Asia/Shanghai")));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SslContext tls = tls();
        threads = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), r -> {
            Thread thread = new Thread(r, "kindergarten-door");
            thread.setDaemon(true);
            return thread;
        });
        server = Server.open("kindergarten", endpoint.address(), CONNECTIONS, p -> fill(p, tls), "http");
        if (platforms.isEmpty()) {
            LOG.warn("No platform has a secret (platforms.<key id>.secret): every call is turned away");
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (server != null) {
            server.stopReading();
            threads.getQueue().clear(); // not answered, so sent again
            threads.shutdown();
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
            server.close();
            server = null;
        }
        super.doStop();
    }

    private SslContext tls() throws IOException {
        String certificate = settings.text("http.certificate", "");
        String key = settings.text("http.key", "");
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new IllegalArgumentException("TLS needs both http.certificate and http.key.");
        }
        if (certificate.isEmpty()) {
            return null;
        }
        try {
            return SslContextBuilder.forServer(new File(certificate), new File(key)).build();
        } catch (IllegalArgumentException e) {
            throw new IOException("http.certificate or http.key is no PEM file that can be read (the key has to be PKCS#8): "
                    + e.getMessage(), e);
        }
    }

    private void fill(ChannelPipeline pipeline, SslContext tls) {
        if (tls != null) {
            pipeline.addLast(tls.newHandler(pipeline.channel().alloc()));
        }
        int maxBytes = settings.number("http.maxBytes", 1 << 20);
        Head head = new Head(maxBytes, settings.number("http.windowSeconds", 300), Clock.systemUTC());
        pipeline.addLast(new ReadTimeoutHandler(SILENCE_SECONDS));
        pipeline.addLast(new HttpServerCodec());
        pipeline.addLast(head);
        pipeline.addLast(new HttpObjectAggregator(maxBytes) {
            @Override
            protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
                context.writeAndFlush(Request.response(head.tooLarge(), false)).addListener(ChannelFutureListener.CLOSE);
            }
        });
        pipeline.addLast(new Request(this));
    }

    /** Answers later, from a thread of its own; at once when it isn't signed or too many wait. */
    void serve(Call call, Consumer<Answer> reply) {
        if (Head.DOCUMENTS.contains(call.path())) {
            boolean yaml = call.path().endsWith(".yaml");
            reply.accept(new Answer(200, yaml ? "application/yaml" : "application/json", yaml ? openApi.yaml() : openApi.json(), 0));
            return;
        }
        Platform platform = Platform.signer(platforms, call);
        if (platform == null) {
            reply.accept(Answer.unauthorized());
            return;
        }
        AtomicInteger mine = waiting.computeIfAbsent(platform.key(), k -> new AtomicInteger());
        if (mine.incrementAndGet() > MOST_OF_ONE) {
            mine.decrementAndGet();
            reply.accept(Answer.later(429, 1, "too-many-calls", "Too many calls at a time", "Wait for the answers to the calls before."));
            return;
        }
        try {
            threads.execute(() -> {
                Answer answer = null;
                try {
                    answer = reception.answer(platform, call);
                } finally {
                    mine.decrementAndGet();
                    reply.accept(answer != null ? answer : tryAgain());
                }
            });
        } catch (RejectedExecutionException e) {
            mine.decrementAndGet();
            reply.accept(Answer.later(503, LATER_SECONDS, "busy", "Busy", "Too many calls are waiting. Send again later."));
        }
    }

    static Answer tryAgain() {
        return Answer.later(503, LATER_SECONDS, "try-again", "Nothing can be kept now", "Send the same again later; what was kept counts once.");
    }
}
