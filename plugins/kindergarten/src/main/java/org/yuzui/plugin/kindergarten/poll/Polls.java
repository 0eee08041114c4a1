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
    private static final String REFUSED = "KindergartenRefused";
    private static final String REFUSAL = "KindergartenRefusal";
    private static final String KIND = "KindergartenKind";
    private static final String SOURCE = "poll ";
    private static final String TYPE = "GET ";
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
        /** What came, while it is no page. */
        private byte[] spoiled;

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

    /**
     * Asks for the next page; the body becomes the list of its items, completed, which the page is the arrival of. What can't be completed is kept
     * by the route.
     *
     * @throws RefusedException it is no page: see {@link #spoiled}
     */
    public void page(Exchange exchange) throws IOException {
        Poll poll = poll(exchange);
        URI page = poll.source.page(poll.cursor);
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        Tag tag = tags.get(poll.source.name());
        if (tag != null && tag.page().equals(page)) {
            headers.put("If-None-Match", tag.etag());
        }
        Wire.Reply reply = poll.source.wire().call("GET", page, headers, null);
        exchange.getMessage().setHeader(KIND, poll.source.kind().word());
        exchange.getMessage().setHeader(Headers.SOURCE, SOURCE + poll.source.name());
        exchange.getMessage().setHeader(Headers.SOURCE_TYPE, TYPE + poll.source.kind().word());
        if (reply.status() == 304) {
            poll.more = false;
            poll.next = null;
            take(exchange, poll.source.kind(), List.of(), poll.source.unit());
        } else if (reply.status() == 200) {
            poll.spoiled = reply.body();
            JsonNode answer = requirePage(Items.json(reply.body()));
            take(exchange, poll.source.kind(), Items.items(answer.get("items")), poll.source.unit());
            poll.spoiled = null;
            exchange.getMessage().setHeader(Headers.PART_OF, reply.body());
            goOn(poll, answer);
            if (reply.etag() != null && !poll.more) {
                tags.put(poll.source.name(), new Tag(poll.source.page(poll.next == null ? poll.cursor : poll.next), reply.etag()));
            }
        } else {
            throw new Unavailable("It answered " + reply.status() + ".", reply.retryAfter());
        }
    }

    private static JsonNode requirePage(JsonNode answer) {
        if (!answer.path("items").isArray()) {
            throw new RefusedException("not-a-page", "/items", "A page is {\"items\": [], \"next\": \"…\", \"more\": false}.");
        }
        return answer;
    }

    /** The body becomes the items that can be completed, and a property those that can't. */
    private void take(Exchange exchange, Items.Kind kind, List<ObjectNode> sent, String unit) {
        List<ObjectNode> full = new ArrayList<>();
        List<Unfit> refused = new ArrayList<>();
        for (ObjectNode item : sent) {
            try {
                ObjectNode complete = items.complete(kind, item, unit);
                if (complete != null) {
                    full.add(complete);
                }
            } catch (RefusedException e) {
                refused.add(new Unfit(item, e));
            }
        }
        exchange.setProperty(REFUSED, refused);
        exchange.getMessage().setBody(full);
    }

    private static void goOn(Poll poll, JsonNode answer) {
        poll.next = answer.path("next").isTextual() ? answer.get("next").asText() : null;
        boolean moved = poll.next != null && !poll.next.equals(poll.cursor);
        poll.more = answer.path("more").asBoolean(false) && moved && ++poll.pages < poll.source.pages()
                && System.nanoTime() - poll.began < MOST_OF_ONE.toNanos();
    }

    /** The item in the body can't be completed: the body becomes what came, and the route is told why. */
    public void unfit(Exchange exchange) {
        Unfit unfit = exchange.getMessage().getBody(Unfit.class);
        exchange.setProperty(REFUSAL, unfit.why());
        exchange.getMessage().removeHeader(Headers.PART_OF); // it is kept alone, to be mended alone
        exchange.getMessage().setHeader(Headers.ARRIVED, unfit.item().toString().getBytes(StandardCharsets.UTF_8));
        exchange.getMessage().setBody(unfit.item());
    }

    /** Whether what came was no page; then the body becomes what came, and the route is told why. */
    public boolean spoiled(Exchange exchange) {
        byte[] came = poll(exchange).spoiled;
        Throwable why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (came == null || !(why instanceof RefusedException refusal)) {
            return false;
        }
        exchange.setProperty(REFUSAL, refusal);
        exchange.getMessage().setHeader(Headers.ARRIVED, came);
        exchange.getMessage().setBody(came);
        return true;
    }

    /**
     * A page, or an item of one, goes in again as it was kept: the body becomes the list of its items, as {@link #page} gives it. No source is asked.
     *
     * @throws RefusedException {@code unknown-source, bad-request}, or what is wrong with it still
     */
    public void again(Exchange exchange) {
        String from = exchange.getMessage().getHeader(Headers.SOURCE, "", String.class);
        String name = from.startsWith(SOURCE) ? from.substring(SOURCE.length()) : from;
        Source source = sources.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow(() ->
                new RefusedException("unknown-source", null, "The source '" + name + "' stands in the settings no more (sources." + name + ")."));
        String type = exchange.getMessage().getHeader(Headers.SOURCE_TYPE, "", String.class);
        Items.Kind kind = Items.Kind.of(type.startsWith(TYPE) ? type.substring(TYPE.length()) : type);
        if (kind == null) {
            throw new RefusedException("bad-request", null, "Nothing says what this is: it came as '" + type + "'.");
        }
        byte[] came = exchange.getMessage().getBody(byte[].class);
        JsonNode json = Items.json(came);
        boolean alone = json.isObject() && !json.has("items");
        take(exchange, kind, Items.items(alone ? json : requirePage(json).get("items")), source.unit());
        exchange.getMessage().setHeader(KIND, kind.word());
        if (!alone) {
            exchange.getMessage().setHeader(Headers.PART_OF, came);
        }
    }

    /** The body becomes the record of how far it was read, in a list; an empty one when that has not changed. */
    public void advance(Exchange exchange) {
        Poll poll = poll(exchange);
        exchange.getMessage().removeHeader(Headers.PART_OF); // of the items, for as long as they are kept
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
