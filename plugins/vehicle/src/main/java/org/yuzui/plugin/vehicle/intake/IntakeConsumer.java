package org.yuzui.plugin.vehicle.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.plugin.vehicle.terminal.LineEndpoint;
import org.yuzui.plugin.vehicle.terminal.Server;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Serves {@code POST} to the {@link #KINDS}: an object or a list of them, answered when durable. */
final class IntakeConsumer extends DefaultConsumer {

    /** What a path brings, and the time whose day is the record's where the caller names none. */
    static final Map<String, String> KINDS = Map.of("cars", "updatedAt", "drivers", "updatedAt", "dispatches", "from",
            "refuels", "at");

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int CONNECTIONS = 200;
    private static final int THREADS = 2;
    private static final int WAITING = 32;
    private static final int SILENCE_SECONDS = 30;
    private static final int STOP_SECONDS = 5;
    private static final int MOST_ITEMS = 5000;
    private static final int MOST_REFUSALS = 100;

    /** An answer: the status and its JSON. */
    record Answer(int status, JsonNode body) {

        static Answer problem(int status, String code, String message) {
            return new Answer(status, JSON.createObjectNode().put("code", code).put("message", message));
        }
    }

    private final LineEndpoint endpoint;
    private final Settings settings;
    private Server server;
    private ThreadPoolExecutor threads;

    IntakeConsumer(LineEndpoint endpoint, Processor processor, Settings settings) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.settings = settings;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SslContext tls = tls();
        threads = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), r -> {
            Thread thread = new Thread(r, "vehicle-intake");
            thread.setDaemon(true);
            return thread;
        });
        server = Server.open("intake", endpoint.address(), CONNECTIONS, p -> fill(p, tls), "http");
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
        pipeline.addLast(new ReadTimeoutHandler(SILENCE_SECONDS));
        pipeline.addLast(new HttpServerCodec());
        pipeline.addLast(new Guard(settings.text("http.token", "")));
        pipeline.addLast(new HttpObjectAggregator(settings.number("http.maxBytes", 1 << 20)));
        pipeline.addLast(new Request(this));
    }

    /** Answers later, from a thread of its own; at once when too many wait. */
    void serve(String kind, byte[] body, String peer, java.util.function.Consumer<Answer> reply) {
        try {
            threads.execute(() -> reply.accept(answer(kind, body, peer)));
        } catch (RejectedExecutionException e) {
            reply.accept(Answer.problem(503, "busy", "Too many calls are waiting. Send again later."));
        }
    }

    private Answer answer(String kind, byte[] body, String peer) {
        List<ObjectNode> items = new ArrayList<>();
        try {
            JsonNode sent = JSON.readTree(body);
            for (JsonNode item : sent.isArray() ? sent : List.of(sent)) {
                if (!(item instanceof ObjectNode object) || items.size() >= MOST_ITEMS) {
                    return Answer.problem(400, "bad-request", "Send a JSON object, or a list of at most " + MOST_ITEMS + ".");
                }
                items.add(withDay(object, KINDS.get(kind)));
            }
        } catch (IOException | NumberFormatException e) { // the second for an exponent that nothing can hold
            return Answer.problem(400, "not-json", "The body is not JSON.");
        }
        try {
            return published(kind, items, "http " + peer);
        } catch (Exception e) {
            return Answer.problem(503, "try-again", "Nothing can be kept now. Send again later; what was kept counts once.");
        }
    }

    private Answer published(String kind, List<ObjectNode> items, String source) throws Exception {
        Map<Integer, RefusedException> refusals = new TreeMap<>();
        if (run(kind, items, source, refusals) != null) { // one of them is refused: which?
            for (int i = 0; i < items.size(); i++) {
                if (!refusals.containsKey(i)) {
                    Map<Integer, RefusedException> ofOne = new TreeMap<>();
                    RefusedException why = run(kind, items.get(i), source, ofOne);
                    if (why != null || !ofOne.isEmpty()) {
                        refusals.put(i, why != null ? why : ofOne.get(0));
                    }
                }
            }
        }
        ObjectNode answer = JSON.createObjectNode().put("accepted", items.size() - refusals.size());
        ArrayNode refused = answer.putArray("refused");
        refusals.entrySet().stream().limit(MOST_REFUSALS).forEach(e -> refused.addObject().put("index", e.getKey())
                .put("code", e.getValue().code()).put("message", e.getValue().getMessage()));
        return new Answer(refusals.isEmpty() ? 200 : 422, answer);
    }

    /**
     * @param refusals takes those that the route decided on itself, by their places; they are kept
     * @return why the others are refused, all together; null when they are durable
     */
    private RefusedException run(String kind, Object body, String source, Map<Integer, RefusedException> refusals)
            throws Exception {
        Exchange exchange = createExchange(false);
        try {
            createUoW(exchange);
            exchange.getIn().setBody(body);
            exchange.getIn().setHeader("VehicleKind", kind);
            exchange.getIn().setHeader(Headers.SOURCE, source);
            exchange.getIn().setHeader(Headers.SOURCE_TYPE, "POST /" + kind);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            Map<?, ?> decided = exchange.getProperty(Drivers.REFUSALS, Map.class);
            if (decided != null) {
                decided.forEach((place, why) -> refusals.put((Integer) place, (RefusedException) why));
            }
            return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof RefusedException refusal ? refusal : null;
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    private static ObjectNode withDay(ObjectNode item, String time) {
        String text = item.path(time).asText();
        if (!item.has("day") && text.length() >= 10) {
            item.put("day", text.substring(0, 10));
        }
        return item;
    }
}
