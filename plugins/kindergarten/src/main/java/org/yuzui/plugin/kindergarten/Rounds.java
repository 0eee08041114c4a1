package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;
import org.yuzui.spi.WorkCalendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks how rounds were walked, step by step as the route says: the plans say which were due, so that one of which nothing
 * came at all is judged like any other. What a point's and a round's state is the rules say.
 */
public final class Rounds {

    private static final String WORK = "KindergartenRounds";
    private static final int MOST_TOLD = 100_000;
    private static final String ROUND = "KindergartenRound";

    private final ZoneId zone;
    private final List<Plan> plans;
    private final WorkCalendar calendar;
    /** What was told last of each round: they are judged often, and a repetition would be a hop in the ledger each time. */
    private final Map<String, Integer> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST_TOLD;
        }
    };

    public Rounds(Settings settings, WorkCalendar calendar) {
        this.zone = ZoneId.of(settings.text("zone", "Asia/Shanghai"));
        this.plans = Plan.all(settings, zone);
        this.calendar = calendar;
    }

    /**
     * What is judged together.
     *
     * @param until rounds that may still be walked after it are left alone
     */
    private record Work(String unit, LocalDate day, Instant until) {
    }

    /** A round while its points are judged; every step's exchange has the same one. */
    private record Round(Plan.Due due, List<Walk.Step> steps, List<String> states) {
    }

    /** The body becomes the list of the days, of the units with plans, whose rounds can be judged at the due time. */
    public void due(Exchange exchange) {
        OffsetDateTime due = OffsetDateTime.parse(exchange.getMessage().getHeader(Headers.DUE, String.class));
        LocalDate today = due.atZoneSameInstant(zone).toLocalDate();
        exchange.getMessage().setBody(works(today.minusDays(1), today, due.toInstant()));
    }

    /** The same for the day of the occurrence; rounds that end after midnight are judged by then. */
    public void yesterday(Exchange exchange) {
        LocalDate day = Calls.day(exchange);
        exchange.getMessage().setBody(works(day, day, Calls.due(exchange)));
    }

    /** The same for the days of the occurrence's week, up to its day. */
    public void week(Exchange exchange) {
        LocalDate day = Calls.day(exchange);
        exchange.getMessage().setBody(works(Calls.monday(day), day, Calls.due(exchange)));
    }

    private List<Work> works(LocalDate from, LocalDate to, Instant until) {
        Set<String> units = new TreeSet<>();
        plans.forEach(p -> units.add(p.unit()));
        List<Work> works = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            for (String unit : units) {
                works.add(new Work(unit, day, until));
            }
        }
        return works;
    }

    /** Says in headers which passings are needed. */
    public void begin(Exchange exchange) {
        Work work = exchange.getMessage().getBody(Work.class);
        exchange.setProperty(WORK, work);
        Calls.ask(exchange, work.unit(), work.day().minusDays(1), work.day().plusDays(2));
    }

    /** Takes the passings in the body; it becomes the list of the rounds. */
    public void take(Exchange exchange) {
        Work work = exchange.getProperty(WORK, Work.class);
        List<Walk.Pass> passes = new ArrayList<>();
        for (JsonNode pass : Calls.found(exchange)) {
            passes.add(new Walk.Pass(pass.path("point").asText(), OffsetDateTime.parse(pass.path("passedAt").asText())));
        }
        List<Round> rounds = new ArrayList<>();
        for (Plan plan : plans) {
            if (plan.unit().equals(work.unit()) && plan.isDue(work.day(), calendar)) {
                plan.on(work.day(), zone).stream().filter(due -> !due.ends().isAfter(work.until()))
                        .forEach(due -> rounds.add(new Round(due, Walk.of(due, passes), new ArrayList<>())));
            }
        }
        exchange.getMessage().setBody(rounds);
    }

    /** The round in the body is asked about point by point: the body becomes the rule's questions. */
    public void points(Exchange exchange) {
        Round round = exchange.getMessage().getBody(Round.class);
        exchange.setProperty(ROUND, round);
        List<ObjectNode> questions = new ArrayList<>();
        for (Walk.Step step : round.steps()) {
            ObjectNode question = JsonNodeFactory.instance.objectNode().put("passed", step.passedAt() != null).put("inOrder", step.inOrder())
                    .put("leastMinutes", round.due().plan().least().toMinutes()).put("mostMinutes", round.due().plan().most().toMinutes());
            if (step.gapMinutes() != null) {
                question.put("gapMinutes", step.gapMinutes());
            }
            questions.add(question);
        }
        exchange.getMessage().setBody(questions);
    }

    /** Notes the state of a point, which stands in the body. */
    public void note(Exchange exchange) {
        exchange.getProperty(ROUND, Round.class).states().add(exchange.getMessage().getBody(JsonNode.class).path("state").asText());
    }

    /** The body becomes the round's record but for its outcome. */
    public void sum(Exchange exchange) {
        Round round = exchange.getProperty(ROUND, Round.class);
        Plan plan = round.due().plan();
        ObjectNode sum = JsonNodeFactory.instance.objectNode().put("unit", plan.unit()).put("round", plan.name())
                .put("start", Calls.text(round.due().start()))
                .put("end", Calls.text(round.due().ends().atZone(zone).toOffsetDateTime()))
                .put("day", round.due().start().toLocalDate().toString()).put("pointsDue", plan.points().size());
        sum.put("passed", round.steps().stream().filter(s -> s.passedAt() != null).count());
        count(sum, "missed", round, "missed");
        count(sum, "outOfOrder", round, "out-of-order");
        count(sum, "wrongInterval", round, "wrong-interval");
        ArrayNode points = sum.putArray("points");
        for (int i = 0; i < round.steps().size(); i++) {
            Walk.Step step = round.steps().get(i);
            ObjectNode point = points.addObject().put("point", step.point());
            if (step.passedAt() != null) {
                point.put("passedAt", Calls.text(step.passedAt()));
            }
            if (step.gapMinutes() != null) {
                point.put("gapMinutes", step.gapMinutes());
            }
            point.put("state", round.states().get(i));
        }
        exchange.getMessage().setBody(sum);
    }

    /** Whether the round in the body is judged otherwise than when it was told last. */
    public boolean isNews(JsonNode round) {
        synchronized (told) {
            return !Integer.valueOf(round.hashCode()).equals(told.get(name(round)));
        }
    }

    /** It is told: judged the same again, it isn't told again. */
    public void told(JsonNode round) {
        synchronized (told) {
            told.put(name(round), round.hashCode());
        }
    }

    private static String name(JsonNode round) {
        return round.path("unit").asText() + '|' + round.path("round").asText() + '|' + round.path("start").asText();
    }

    private static void count(ObjectNode sum, String field, Round round, String state) {
        sum.put(field, round.states().stream().filter(state::equals).count());
    }
}
