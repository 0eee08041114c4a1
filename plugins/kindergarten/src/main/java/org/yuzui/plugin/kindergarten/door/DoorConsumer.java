package org.yuzui.plugin.kindergarten.door;

import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.door.Answer;
import org.yuzui.door.Call;
import org.yuzui.door.Head;
import org.yuzui.door.HttpConsumer;
import org.yuzui.door.HttpDoor;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.plugin.kindergarten.OpenApi;
import org.yuzui.plugin.kindergarten.Signature;
import org.yuzui.spi.Settings;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves what {@code openapi.yaml} says. A call is answered 2xx only after what it brought is durable. */
final class DoorConsumer extends HttpConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DoorConsumer.class);
    /** Of one platform, so that it can't keep the others waiting. */
    private static final int MOST_OF_ONE = 8;

    private final Doorkeeper keeper;
    private final Map<String, Platform> platforms;
    private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
    private final Reception reception;

    DoorConsumer(ListeningEndpoint endpoint, Processor processor, Settings settings) {
        super(endpoint, processor, "kindergarten", settings, "http", new HttpDoor.Bounds(100, 4, 64, settings.number("http.maxBytes", 1 << 20)));
        this.keeper = new Doorkeeper(settings.number("http.windowSeconds", 300), Clock.systemUTC());
        this.platforms = Platform.all(settings);
        this.reception = new Reception(this, ZoneId.of(settings.text("zone", "Asia/Shanghai")));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (platforms.isEmpty()) {
            LOG.warn("No platform has a secret (platforms.<key id>.secret): every call is turned away");
        }
    }

    @Override
    public Answer answer(Head head) {
        return keeper.answer(head);
    }

    @Override
    public Answer atOnce(Call call) {
        if (Doorkeeper.DOCUMENTS.contains(call.head().path())) {
            return call.head().path().endsWith(".yaml") ? Answer.of(200, "application/yaml", Interface.WRITTEN.yaml())
                    : Answer.of(200, "application/json", Interface.WRITTEN.json());
        }
        Platform platform = Platform.signer(platforms, call);
        if (platform == null) {
            return Doorkeeper.unauthorized();
        }
        AtomicInteger mine = waiting.computeIfAbsent(platform.key(), k -> new AtomicInteger());
        if (mine.incrementAndGet() > MOST_OF_ONE) {
            mine.decrementAndGet();
            return Answer.problem(429, "too-many-calls", "Too many calls at a time", "Wait for the answers to the calls before.")
                    .retryAfter(1);
        }
        return null;
    }

    @Override
    public Answer answer(Call call) throws Exception {
        return reception.answer(platforms.get(key(call)), call);
    }

    @Override
    public void over(Call call) {
        waiting.get(key(call)).decrementAndGet();
    }

    private static String key(Call call) {
        return call.head().header(Signature.KEY);
    }

    /** Read when the first one asks: a start need not wait for it. */
    private static final class Interface {
        private static final OpenApi WRITTEN = OpenApi.read();
    }
}
