package org.yuzui.plugin.assets.door;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Serves {@code POST /assets}, {@code POST /movements} and {@code GET /openapi.yaml}. */
final class DoorConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DoorConsumer.class);
    private static final int CONNECTIONS = 200;
    private static final int THREADS = 2;
    private static final int WAITING = 32;
    static final int SILENCE_SECONDS = 30;
    private static final int STOP_SECONDS = 5;

    private final InetSocketAddress address;
    private final Settings settings;
    private Server server;
    private ThreadPoolExecutor threads;

    DoorConsumer(Endpoint endpoint, Processor processor, InetSocketAddress address, Settings settings) {
        super(endpoint, processor);
        this.address = address;
        this.settings = settings;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SslContext tls = tls();
        byte[] document;
        try (InputStream in = DoorConsumer.class.getResourceAsStream("/org/yuzui/plugin/assets/openapi.yaml")) {
            document = in.readAllBytes();
        }
        threads = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), r -> {
            Thread thread = new Thread(r, "assets-door");
            thread.setDaemon(true);
            return thread;
        });
        server = Server.open("assets-door", address, CONNECTIONS, p -> fill(p, tls, document), "http");
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

    private void fill(ChannelPipeline pipeline, SslContext tls, byte[] document) {
        if (tls != null) {
            pipeline.addLast(tls.newHandler(pipeline.channel().alloc()));
        }
        pipeline.addLast(new ReadTimeoutHandler(SILENCE_SECONDS));
        pipeline.addLast(new HttpServerCodec());
        pipeline.addLast(new Guard(settings.text("http.token", ""), document));
        pipeline.addLast(new HttpObjectAggregator(settings.number("http.maxBytes", 1 << 20)));
        pipeline.addLast(new Request(this));
    }

    /** Answers later, from a thread of its own; at once when too many wait. */
    void serve(String what, byte[] body, String peer, Consumer<Answer> reply) {
        try {
            threads.execute(() -> reply.accept(answer(what, body, peer)));
        } catch (RejectedExecutionException e) {
            reply.accept(Answer.problem(503, "busy", "Too many calls are waiting. Send again later."));
        }
    }

    private Answer answer(String what, byte[] body, String peer) {
        Exchange exchange = createExchange(false);
        try {
            createUoW(exchange);
            exchange.getIn().setBody(body);
            exchange.getIn().setHeader(DoorComponent.WHAT, what);
            exchange.getIn().setHeader(Headers.SOURCE, "http " + peer);
            exchange.getIn().setHeader(Headers.SOURCE_TYPE, "POST /" + what);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof RefusedException refusal) {
                return Answer.refused(refusal);
            }
            return Answer.accepted(exchange.getMessage().getBody(List.class).size());
        } catch (Exception e) {
            LOG.warn("door: a call can't be kept now: {}", e.toString());
            return Answer.problem(503, "try-again", "Nothing can be kept now. Send again later; what was kept counts once.");
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }
}
