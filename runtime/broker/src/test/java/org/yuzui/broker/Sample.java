package org.yuzui.broker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yuzui.broker.internal.ArtemisBroker;

/** What the tests of this room speak in: a broker with two addresses, short texts as messages. */
final class Sample {

    static final String VISITS = "visits";
    static final String COPY = "copy";
    static final String TRAIL = "trail";
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private Sample() {
    }

    /** {@code visits} with the queue {@code copy}, {@code trail} with the queue {@code trail}. */
    static Broker broker(Path data) {
        return prepared(open(data));
    }

    static Broker open(Path data) {
        return Broker.open(settings(data), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static Broker open(Path data, long minimumFreeDisk) {
        return ArtemisBroker.open(settings(data), Clock.fixed(NOW, ZoneOffset.UTC), minimumFreeDisk);
    }

    static BrokerSettings settings(Path data) {
        return new BrokerSettings(null, null, null, data, TRAIL, 100_000);
    }

    static Broker prepared(Broker broker) {
        broker.queue(VISITS, COPY);
        broker.queue(TRAIL, TRAIL);
        return broker;
    }

    static Outbound visit(String text) {
        return visit(null, null, text);
    }

    static Outbound visit(String group, String duplicateId, String text) {
        return new Outbound(VISITS, group, duplicateId, Map.of(), bytes(text));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    static List<String> texts(List<Inbound> messages) {
        return messages.stream().map(message -> text(message.body())).toList();
    }

    /** All that is in a queue, nothing taken. */
    static List<String> browse(Broker broker, String queue) {
        List<String> found = new ArrayList<>();
        broker.browse(queue, message -> found.add(text(message.body())));
        return found;
    }

    /** All entries of all trail messages that are in the trail queue. */
    static List<String> trail(Broker broker) {
        List<String> found = new ArrayList<>();
        broker.browse(TRAIL, message -> Trail.split(message.body()).forEach(entry -> found.add(text(entry))));
        return found;
    }

    /** Puts messages there, each in a commit of its own. */
    static void put(Broker broker, Outbound... messages) {
        try (BrokerSession session = broker.session()) {
            for (Outbound message : messages) {
                session.send(message);
                session.commit();
            }
        }
    }

    static BrokerSession consumer(Broker broker) {
        BrokerSession session = broker.session();
        session.consume(COPY, 100);
        return session;
    }

    /** Receives until there are {@code count}. */
    static List<Inbound> take(BrokerSession session, int count) {
        List<Inbound> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.addAll(session.receive(count - taken.size(), Duration.ZERO));
        }
        return taken;
    }
}
