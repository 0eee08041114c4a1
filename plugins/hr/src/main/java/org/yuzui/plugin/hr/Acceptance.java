package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.hr.Taking.Verdict;
import org.yuzui.plugin.hr.roster.Comparison;
import org.yuzui.plugin.hr.roster.Comparison.Part;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The steps between a roster that was read and its records; the order of them stands in the route. */
public final class Acceptance {

    static final String CONTRACT = "HrContract";
    static final String WATERMARK = "watermark";

    private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);
    private static final String UNIT = "HrUnit";
    private static final String PERSON = "HrPerson";
    private static final String FROM = "HrFrom";
    private static final String TO = "HrTo";
    private static final String IDENTITY = "HrIdentity";
    private static final String REASONS = "HrReasons";
    private static final int AT_A_TIME = 500;

    private static final int PATIENCE_SECONDS = 60;

    private final Folders folders;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

    public Acceptance(Settings settings) {
        this.folders = new Folders(HrSettings.of(settings).inbox());
    }

    private static Taking taking(Exchange exchange) {
        return exchange.getProperty(Taking.PROPERTY, Taking.class);
    }

    /** Says whose records are to be read. Of one unit one roster is taken at a time: the inbox and what is confirmed have threads of their own. */
    public void ask(Exchange exchange) throws IOException, InterruptedException {
        Taking taking = taking(exchange);
        if (taking.isFile()) {
            Semaphore turn = turns.computeIfAbsent(taking.roster.unit(), u -> new Semaphore(1));
            if (!turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("Another roster of " + taking.roster.unit() + " is being taken; this one is read again.");
            }
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    turn.release();
                }
            });
        }
        exchange.getMessage().setHeader(UNIT, taking.roster.unit());
    }

    /** The body, the unit's headcounts, tells how many people it had. */
    public void known(Exchange exchange) {
        JsonNode last = latest(bodies(exchange));
        taking(exchange).known = last == null ? 0 : last.path("total").asInt();
    }

    /** The body, the unit's rosters, becomes the parts of the unit that must be read for a comparison. */
    public void place(Exchange exchange) {
        Taking taking = taking(exchange);
        String id = taking.isFile() ? taking.roster.id() : WATERMARK;
        List<JsonNode> others = new ArrayList<>();
        for (JsonNode roster : bodies(exchange)) {
            if (roster.path("source").asText().equals(taking.roster.source()) && roster.path("id").asText().equals(id)) {
                taking.own = roster;
            } else if (roster.path("state").asText().equals(Taking.ACCEPTED) || roster.path("state").asText().equals(Taking.TAKING)) {
                others.add(roster);
            }
        }
        boolean own = taking.ownIs(Taking.ACCEPTED) || taking.ownIs(Taking.TAKING);
        JsonNode last = latest(others);
        boolean late = taking.isFile() && last != null && LocalDate.parse(last.path("day").asText()).isAfter(taking.roster.day());
        if (late && !taking.ownIs(Taking.ACCEPTED)) {
            throw new RefusedException("late", taking.roster.day().toString(), "已收到该单位 " + last.path("day").asText() + " 的名册，更早的名册不再采用。/ "
                    + "A roster of " + last.path("day").asText() + " is accepted already: an earlier one tells nothing new. Send one of that day or later.");
        }
        taking.comparison = new Comparison(taking.roster, last == null && (!own || taking.own.path("baseline").asBoolean()));
        boolean over = late || taking.ownIs(Taking.HELD) && !taking.confirmed;
        taking.verdict = late ? Verdict.NOTHING : over ? Verdict.STAYS_HELD : Verdict.TAKE;
        exchange.getMessage().setBody(over ? List.of() : taking.comparison.parts(Math.max(taking.known, last == null ? 0 : last.path("after").asInt())));
    }

    /** The body is a part of the unit. */
    public void part(Exchange exchange) {
        Message message = exchange.getMessage();
        Part part = message.getBody(Part.class);
        message.setHeader(UNIT, taking(exchange).roster.unit());
        message.setHeader(PERSON, part.person());
        message.setHeader(FROM, part.from());
        message.setHeader(TO, part.to());
    }

    /** The body, people of the unit, is compared with the roster. */
    public void compare(Exchange exchange) {
        taking(exchange).comparison.take(bodies(exchange));
    }

    /** The body becomes the identities of those who are new. */
    public void newcomers(Exchange exchange) {
        Taking taking = taking(exchange);
        if (taking.verdict != Verdict.TAKE) {
            exchange.getMessage().setBody(List.of());
            return;
        }
        taking.comparison.end();
        exchange.getMessage().setBody(taking.comparison.identities());
    }

    /** The body is an identity. */
    public void identity(Exchange exchange) {
        exchange.getMessage().setHeader(IDENTITY, exchange.getMessage().getBody(String.class));
    }

    /** The body, records of one identity, tells where somebody was before. */
    public void whence(Exchange exchange) {
        Taking taking = taking(exchange);
        bodies(exchange).stream().filter(p -> !p.path("unit").asText().equals(taking.roster.unit()))
                .max((a, b) -> a.path("asOf").asText().compareTo(b.path("asOf").asText()))
                .ifPresent(p -> taking.comparison.cameFrom(p.path("identity").asText(), p.path("unit").asText()));
    }

    /** What the rule is asked; nothing that could hold a roster that is confirmed, or taken already. */
    public void question(Exchange exchange) throws IOException {
        Taking taking = taking(exchange);
        Comparison found = taking.comparison;
        Path confirmed = taking.isFile() || taking.verdict != Verdict.TAKE ? null : folders.confirmed(marker(taking));
        if (confirmed != null) {
            taking.confirmed = true;
            taking.confirmedBy = Folders.confirmedBy(confirmed.getFileName().toString());
        }
        boolean judged = taking.verdict == Verdict.TAKE && !found.isBaseline() && !taking.confirmed
                && !(taking.isFile() && (taking.ownIs(Taking.TAKING) || taking.ownIs(Taking.ACCEPTED)));
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("before", judged ? taking.before() : 0);
        question.put("joined", judged ? found.count(Comparison.JOINED) + found.count(Comparison.RETURNED) : 0);
        question.put("left", judged ? found.count(Comparison.LEFT) : 0);
        question.put("retired", judged ? found.count(Comparison.RETIRED) : 0);
        exchange.getMessage().setBody(question);
    }

    /** By what the rule said the body becomes an iterator of {@link Chunk}, in the order in which they must become durable. */
    public void judge(Exchange exchange) throws IOException {
        Taking taking = taking(exchange);
        List<String> reasons = reasons(exchange);
        Iterator<Chunk> chunks = List.<Chunk>of().iterator();
        if (taking.verdict == Verdict.TAKE && !reasons.isEmpty()) {
            taking.verdict = Verdict.HOLD;
            String id = taking.isFile() ? taking.roster.id() : heldId(taking);
            ObjectNode held = taking.record(id, Taking.HELD, reasons);
            if (!taking.isFile()) {
                hold(taking, held);
            }
            chunks = List.of(new Chunk(Chunk.ROSTER, List.of(held))).iterator();
            LOG.warn("The roster {} of {} is held: {}", id, taking.roster.unit(), reasons);
        } else if (taking.verdict == Verdict.TAKE) {
            chunks = take(taking);
        }
        exchange.getMessage().setBody(chunks);
    }

    private Iterator<Chunk> take(Taking taking) {
        String id = taking.isFile() ? taking.roster.id() : WATERMARK;
        boolean nothing = taking.comparison.changesNothing();
        boolean empty = !taking.isFile() && taking.watermark == null; // a table that is yet to be filled is not where a unit begins
        if (empty || nothing && taking.ownIs(Taking.ACCEPTED) && (taking.isFile() || goesOn(taking))) {
            taking.verdict = Verdict.NOTHING;
            return List.<Chunk>of().iterator();
        }
        List<ObjectNode> first = taking.isFile() && !taking.ownIs(Taking.ACCEPTED) ? List.of(taking.record(id, Taking.TAKING, List.of())) : List.of();
        List<ObjectNode> last = new ArrayList<>(List.of(taking.record(id, Taking.ACCEPTED, List.of())));
        if (!taking.isFile() && taking.confirmed) {
            last.add(0, taking.record(heldId(taking), Taking.ACCEPTED, List.of()));
        }
        return Stream.of(Stream.of(new Chunk(Chunk.ROSTER, first)).filter(c -> !c.records().isEmpty()),
                chunks(Chunk.CHANGE, taking.comparison.changes(AT_A_TIME)), chunks(Chunk.PERSON, taking.comparison.people(AT_A_TIME)),
                Stream.of(new Chunk(Chunk.ROSTER, last))).flatMap(s -> s).iterator();
    }

    private static boolean goesOn(Taking taking) {
        return taking.own.path("watermark").asText("").equals(taking.watermark == null ? "" : taking.watermark)
                && taking.own.path("baseline").asBoolean() == taking.more;
    }

    private static Stream<Chunk> chunks(String contract, Iterator<List<ObjectNode>> lists) {
        Iterable<List<ObjectNode>> each = () -> lists;
        return StreamSupport.stream(each.spliterator(), false).map(l -> new Chunk(contract, l));
    }

    /** The body is a chunk, and becomes its records. */
    public void open(Exchange exchange) {
        Chunk chunk = exchange.getMessage().getBody(Chunk.class);
        exchange.getMessage().setHeader(CONTRACT, chunk.contract());
        exchange.getMessage().setBody(chunk.records());
    }

    /** To be called when all is durable. */
    public void end(Exchange exchange) throws IOException {
        Taking taking = taking(exchange);
        if (!taking.isFile() && taking.confirmed && taking.verdict == Verdict.TAKE) {
            Path marker = folders.confirmed(marker(taking));
            if (marker != null) {
                Files.deleteIfExists(marker);
            }
        }
        if (taking.verdict == Verdict.TAKE) {
            LOG.info("The roster {} of {} is accepted{}: {} rows, {} joined, {} left, {} retired, {} moved, {} returned", taking.roster.id(),
                    taking.roster.unit(), taking.confirmed ? ", confirmed by " + (taking.confirmedBy == null ? "somebody" : taking.confirmedBy) : "",
                    taking.roster.rows(), taking.comparison.count(Comparison.JOINED),
                    taking.comparison.count(Comparison.LEFT), taking.comparison.count(Comparison.RETIRED),
                    taking.comparison.count(Comparison.MOVED), taking.comparison.count(Comparison.RETURNED));
        }
    }

    /** What a database changed too suddenly stays where it is; a file without any person in it waits for the operator. */
    private void hold(Taking taking, ObjectNode held) throws IOException {
        Path file = folders.of(Folders.HELD).resolve(marker(taking));
        if (!Files.exists(file)) {
            folders.write(file, (held.toPrettyString() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static String heldId(Taking taking) {
        return "held-" + taking.comparison.fingerprint();
    }

    private static String marker(Taking taking) {
        return taking.roster.source() + "_" + taking.comparison.fingerprint() + ".increment";
    }

    private static List<String> reasons(Exchange exchange) {
        List<String> reasons = new ArrayList<>();
        Object told = exchange.getMessage().getHeader(REASONS);
        if (told instanceof JsonNode list) {
            list.forEach(r -> {
                if (!reasons.contains(r.asText())) {
                    reasons.add(r.asText());
                }
            });
        }
        return reasons;
    }

    static JsonNode latest(List<JsonNode> records) {
        JsonNode last = null;
        for (JsonNode record : records) {
            last = last == null || record.path("day").asText().compareTo(last.path("day").asText()) >= 0 ? record : last;
        }
        return last;
    }

    static List<JsonNode> bodies(Exchange exchange) {
        List<JsonNode> bodies = new ArrayList<>();
        for (Object body : exchange.getMessage().getBody(List.class)) {
            bodies.add((JsonNode) body);
        }
        return bodies;
    }
}
