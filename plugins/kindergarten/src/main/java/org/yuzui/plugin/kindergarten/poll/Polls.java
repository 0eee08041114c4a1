package org.yuzui.plugin.kindergarten.poll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.plugin.kindergarten.Items;
import org.yuzui.plugin.kindergarten.Wire;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Polls sources, step by step as the route asks. How far a source was read is a record, made after what the page brought is
 * durable: after a crash the page is read again, and counts once. A source that fails is left alone for a while, each time
 * twice as long.
 */
public final class Polls {

    private static final String POLL = "KindergartenPoll";
    private static final int MOST_DOUBLINGS = 16;
    /** A source that has more, or is slow, goes on at its next turn: it must not keep the others waiting. */
    private static final Duration MOST_OF_ONE = Duration.ofMinutes(1);

    private final List<Source> sources;
    private final Items items;
    private final Duration mostRest;
    private final Clock clock;
    private final Map<String, Rest> rests = new ConcurrentHashMap<>();
    private final Map<String, Tag> tags = new ConcurrentHashMap<>();

    /** @param until when it is polled again */
    private record Rest(int failures, Instant until, String why) {
    }

    /** The page that a source gave last, and what it called that page's state. */
    private record Tag(URI page, String etag) {
    }

    /** An item that can't be completed. */
    private record Unfit(ObjectNode item, RefusedException why) {
    }

    /** One source's poll. */
    private static final class Poll {
        private final Source source;
        private String cursor = "";
        private String next;
        private long number;
        private int pages;
        private final long began = System.nanoTime();
        private boolean more = true;

        private Poll(Source source) {
            this.source = source;
        }
    }

    public Polls(Settings settings) {
        this(settings, Clock.systemUTC());
    }

    Polls(Settings settings, Clock clock) {
        this.sources = Source.all(settings, clock);
        this.items = new Items(ZoneId.of(settings.text("zone", "Asia/Shanghai")));
        this.mostRest = Duration.ofSeconds(settings.number("poll.mostBackOffSeconds", 3600));
        this.clock = clock;
    }

    /** The body becomes the list of the sources whose turn it is. */
    public void due(Exchange exchange) {
        Instant now = clock.instant();
        exchange.getMessage().setBody(sources.stream().filter(s -> !rests.containsKey(s.name()) || !rests.get(s.name()).until().isAfter(now)).toList());
    }

    /** Begins, and says in a header where it stands how far the source was read. */
    public void begin(Exchange exchange) {
        Source source = exchange.getMessage().getBody(Source.class);
        exchange.setProperty(POLL, new Poll(source));
        exchange.getMessage().setHeader(Headers.KEY, source.name());
    }

    /** Takes how far it was read. */
    public void resume(Exchange exchange) {
        Poll poll = poll(exchange);
        for (Object found : exchange.getMessage().getBody(List.class)) {
            JsonNode cursor = (JsonNode) found;
            poll.cursor = cursor.path("cursor").asText();
            poll.number = cursor.path("number").asLong();
        }
    }

    /** Whether there is a page to be asked for. */
    public boolean more(Exchange exchange) {
        return poll(exchange).more;
    }

    /** Asks for the next page; the body becomes the list of its items, completed. What can't be completed is kept by the route. */
    public void page(Exchange exchange) throws IOException {
        Poll poll = poll(exchange);
        URI page = poll.source.page(poll.cursor);
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        Tag tag = tags.get(poll.source.name());
        if (tag != null && tag.page().equals(page)) {
            headers.put("If-None-Match", tag.etag());
        }
        Wire.Reply reply = poll.source.wire().call("GET", page, headers, null);
        List<ObjectNode> full = new ArrayList<>();
        exchange.setProperty("KindergartenRefused", new ArrayList<Unfit>());
        if (reply.status() == 304) {
            poll.more = false;
            poll.next = null;
        } else if (reply.status() == 200) {
            take(exchange, poll, Items.json(reply.body()), full);
            if (reply.etag() != null && !poll.more) {
                tags.put(poll.source.name(), new Tag(poll.source.page(poll.next == null ? poll.cursor : poll.next), reply.etag()));
            }
        } else {
            throw new Unavailable("It answered " + reply.status() + ".", reply.retryAfter());
        }
        exchange.getMessage().setHeader("KindergartenKind", poll.source.kind().word());
        exchange.getMessage().setHeader(Headers.SOURCE, "poll " + poll.source.name());
        exchange.getMessage().setHeader(Headers.SOURCE_TYPE, "GET " + poll.source.kind().word());
        exchange.getMessage().setBody(full);
    }

    private void take(Exchange exchange, Poll poll, JsonNode answer, List<ObjectNode> full) {
        if (!answer.path("items").isArray()) {
            throw new RefusedException("not-a-page", "/items", "A page is {\"items\": [], \"next\": \"…\", \"more\": false}.");
        }
        @SuppressWarnings("unchecked")
        List<Unfit> refused = exchange.getProperty("KindergartenRefused", List.class);
        for (ObjectNode item : Items.items(answer.get("items"))) {
            try {
                ObjectNode complete = items.complete(poll.source.kind(), item, poll.source.unit());
                if (complete != null) {
                    full.add(complete);
                }
            } catch (RefusedException e) {
                refused.add(new Unfit(item, e));
            }
        }
        poll.next = answer.path("next").isTextual() ? answer.get("next").asText() : null;
        boolean moved = poll.next != null && !poll.next.equals(poll.cursor);
        poll.more = answer.path("more").asBoolean(false) && moved && ++poll.pages < poll.source.pages()
                && System.nanoTime() - poll.began < MOST_OF_ONE.toNanos();
    }

    /** The item in the body can't be completed: the body becomes what came, and the route is told why. */
    public void unfit(Exchange exchange) {
        Unfit unfit = exchange.getMessage().getBody(Unfit.class);
        exchange.setProperty("KindergartenRefusal", unfit.why());
        exchange.getMessage().setHeader(Headers.ARRIVED, unfit.item().toString().getBytes(StandardCharsets.UTF_8));
        exchange.getMessage().setBody(unfit.item());
    }

    /** The body becomes the record of how far it was read, in a list; an empty one when that has not changed. */
    public void advance(Exchange exchange) {
        Poll poll = poll(exchange);
        List<ObjectNode> record = new ArrayList<>();
        if (poll.next != null && !poll.next.equals(poll.cursor)) {
            poll.cursor = poll.next;
            poll.number++;
            record.add(JsonNodeFactory.instance.objectNode().put("unit", poll.source.unit()).put("source", poll.source.name())
                    .put("number", poll.number).put("cursor", poll.cursor));
        }
        exchange.getMessage().setBody(record);
    }

    /** It went well: it rests until its next turn. */
    public void end(Exchange exchange) {
        Source source = poll(exchange).source;
        rests.put(source.name(), new Rest(0, clock.instant().plus(source.every()), null));
    }

    /** It failed, by the exception that was caught. */
    public void fail(Exchange exchange) {
        Source source = poll(exchange).source;
        Throwable why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        rests.compute(source.name(), (name, before) -> {
            int failures = before == null ? 1 : before.failures() + 1;
            Duration rest = source.every().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
            rest = rest.compareTo(mostRest) > 0 ? mostRest : rest;
            if (why instanceof Unavailable u && u.after > rest.toSeconds()) {
                rest = Duration.ofSeconds(Math.min(u.after, Math.max(mostRest.toSeconds(), source.every().toSeconds())));
            }
            return new Rest(failures, clock.instant().plus(rest), "the source " + name + ": " + why.getMessage());
        });
    }

    /** @throws ConnectException naming the sources that fail, if any does */
    public void complain() throws ConnectException {
        List<String> failing = rests.values().stream().filter(r -> r.failures() > 0).map(Rest::why).sorted().toList();
        if (!failing.isEmpty()) {
            throw new ConnectException(String.join("; ", failing));
        }
    }

    private static Poll poll(Exchange exchange) {
        return exchange.getProperty(POLL, Poll.class);
    }

    /** The source can't give anything now. */
    private static final class Unavailable extends IOException {
        private static final long serialVersionUID = 1L;
        private final long after;

        private Unavailable(String message, long after) {
            super(message);
            this.after = after;
        }
    }
}
